package io.fengsui.edge.config;

import io.fengsui.edge.action.ActionSettings;
import io.fengsui.edge.ops.OpsSettings;
import io.fengsui.edge.patrol.PatrolSettings;
import io.fengsui.edge.sensor.SensorSettings;
import io.fengsui.edge.sensor.mqtt.BrokerSettings;
import io.fengsui.edge.vision.VisionSettings.InputSize;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.rules.RuleDefinition;
import io.fengsui.rules.geometry.Zone;
import io.fengsui.rules.timing.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that {@code edge-agent.yaml} says. */
public record AgentSettings(
        Identity identity, Storage storage, Outward outward, Video video, Field field, Decisions decisions) {
    /**
     * Who this box is, and where it stands.
     *
     * @param timeZone that times are spoken in; they are stored in UTC
     */
    public record Identity(String edge, String site, Name siteName, Place place, ZoneId timeZone) {}

    /**
     * Where things are kept, and how much.
     *
     * @param maxSpoolBytes page limit of the spool's database
     * @param maxEvidenceBytes of all pictures
     * @param maxRecordBytes of what rules were fed with, for replays; 0 for none
     * @param spare what is kept back for a disk that others fill
     * @param keepAcknowledged how long the spool keeps what the hub has, for a hub that is restored from a backup
     */
    public record Storage(
            Path dataDirectory,
            long maxSpoolBytes,
            long maxEvidenceBytes,
            long maxRecordBytes,
            Spare spare,
            Duration keepAcknowledged) {
        /** Where recordings lie. */
        public Path recordDirectory() {
            return dataDirectory.resolve("record");
        }
    }

    /**
     * Room for a disk that others fill.
     *
     * @param ballastBytes of a file that is given up when a commit finds no room; 0 for none
     * @param freeBytes on the disk, below which no picture is kept
     */
    public record Spare(long ballastBytes, long freeBytes) {}

    /** What is spoken to and what listens. */
    public record Outward(Hub hub, OpsSettings ops) {}

    /**
     * The hub.
     *
     * @param tls empty for plain text, which goes to loopback only
     * @param tokenFile holds the token that the hub asks for; null for none
     */
    public record Hub(
            String host,
            int port,
            Optional<Tls> tls,
            @Nullable Path tokenFile) {}

    /**
     * @param caFile certificates that sign the hub's; null for those of the platform
     * @param certificateFile own certificate; null for none
     * @param keyFile its key; null for none
     */
    public record Tls(
            @Nullable Path caFile,
            @Nullable Path certificateFile,
            @Nullable Path keyFile) {}

    /** Cameras, the detector that looks at them, and rounds of them. */
    public record Video(Vision vision, List<CameraEntry> cameras, List<PatrolSettings> patrols) {
        public Video {
            cameras = List.copyOf(cameras);
            patrols = List.copyOf(patrols);
        }
    }

    /**
     * The detector.
     *
     * @param isEnabled false: cameras are watched without being looked at
     * @param model folder of the model's package
     * @param input size of pictures that it is given, if its network takes it
     * @param inferThreads of each worker; 0 for one a core
     * @param hasSpare whether one more worker stands ready
     * @param keptBytes budget of all cameras' compressed groups of pictures
     */
    public record Vision(
            boolean isEnabled,
            Path model,
            InputSize input,
            int workers,
            int inferThreads,
            boolean hasSpare,
            Duration maxFrameAge,
            long keptBytes) {}

    /** Brokers, the sensors on them, and what is done on the spot. */
    public record Field(List<BrokerSettings> brokers, List<SensorSettings> sensors, List<ActionSettings> actions) {
        public Field {
            brokers = List.copyOf(brokers);
            sensors = List.copyOf(sensors);
            actions = List.copyOf(actions);
        }
    }

    /** What is looked for, by which modes, and when a part that does not work is told. */
    public record Decisions(List<RuleDefinition> rules, List<Mode> modes, Patience patience) {
        public Decisions {
            rules = List.copyOf(rules);
            modes = List.copyOf(modes);
        }

        /** Whether hours of rules or modes hang on the holidays of a year that are not known. */
        public boolean misses(int year) {
            return rules.stream().anyMatch(rule -> rule.timing().misses(year))
                    || modes.stream()
                            .anyMatch(mode ->
                                    mode.when().filter(w -> w.misses(year)).isPresent());
        }
    }

    /** How long a part may not work before that is told. */
    public record Patience(Duration cameraOfflineAfter, Duration brokerOfflineAfter, Duration visionDownAfter) {}

    public List<RuleDefinition> rules() {
        return decisions.rules();
    }

    public List<CameraEntry> cameras() {
        return video.cameras();
    }

    /** Zones of each camera, by its id. */
    public Map<String, List<Zone>> zones() {
        return video.cameras().stream().collect(Collectors.toUnmodifiableMap(CameraEntry::id, CameraEntry::zones));
    }
}
