package io.fengsui.edge.config;

import io.fengsui.edge.config.AgentSettings.Decisions;
import io.fengsui.edge.config.AgentSettings.Field;
import io.fengsui.edge.config.AgentSettings.Identity;
import io.fengsui.edge.config.AgentSettings.Outward;
import io.fengsui.edge.config.AgentSettings.Patience;
import io.fengsui.edge.config.AgentSettings.Spare;
import io.fengsui.edge.config.AgentSettings.Storage;
import io.fengsui.edge.config.AgentSettings.Video;
import io.fengsui.edge.decide.event.DecideSettings;
import io.fengsui.edge.profile.ProfileLibrary;
import io.fengsui.edge.sensor.SensorSettings;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.rules.RuleDefinition;
import io.fengsui.rules.RuleScope;
import io.fengsui.rules.reader.RuleReader;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem.Code;
import io.fengsui.settings.Problems;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code edge-agent.yaml}, telling of everything that is wrong at once. Confined to one thread. */
public final class AgentSettingsReader {
    private static final long MIB = 1 << 20;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final ModelProbe probe;

    public AgentSettingsReader(ModelProbe probe) {
        this.probe = probe;
    }

    /** The settings, when nothing is wrong. */
    public Optional<AgentSettings> read(MapReader root) {
        Optional<Identity> identity = identity(root.mapOrEmpty("edge"));
        Optional<Storage> storage = storage(root);
        Optional<Outward> outward = OutwardSection.read(root);
        VideoSection videoSection = new VideoSection(probe);
        Optional<Video> video = videoSection.read(root);
        ProfileLibrary profiles = profiles(root);
        String edge = identity.map(Identity::edge).orElse("edge");
        ZoneId timeZone = identity.map(Identity::timeZone).orElse(ZoneOffset.UTC);
        Field field = new FieldSection(edge, timeZone, profiles).read(root);
        TimesSection times = TimesSection.read(root, timeZone);
        List<RuleDefinition> rules = RuleReader.read(root, scope(root, videoSection, field, times.times()));
        Optional<Patience> patience = patience(root.mapOrEmpty("health"));
        return root.finish(() -> new AgentSettings(
                identity.orElseThrow(),
                storage.orElseThrow(),
                outward.orElseThrow(),
                video.orElseThrow(),
                field,
                new Decisions(rules, times.modes(), patience.orElseThrow())));
    }

    private static ProfileLibrary profiles(MapReader root) {
        Problems problems = new Problems();
        ProfileLibrary profiles = ProfileLibrary.with(root.path("profiles-dir", "sensor-profiles"), problems);
        problems.list()
                .forEach(problem -> root.problem("profiles-dir", Code.VALUE, problem.toString(), "that file anew"));
        return profiles;
    }

    private static Optional<Identity> identity(MapReader in) {
        String edge = in.id("id");
        String site = in.id("site");
        Name name = SharedReading.name(in, site);
        Place place = SharedReading.place(in);
        ZoneId zone = zone(in);
        return in.finish(() -> new Identity(edge, site, name, place, zone));
    }

    private static ZoneId zone(MapReader in) {
        String name = in.string("time-zone", "Asia/Shanghai");
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            in.problem("time-zone", Code.VALUE, "there is no time zone of this name", "one such as Asia/Shanghai");
            return ZoneOffset.UTC;
        }
    }

    private static Optional<Patience> patience(MapReader in) {
        DecideSettings.Limits usual = DecideSettings.Limits.DEFAULT;
        Duration camera = in.duration("camera-offline-after", SECOND, LONGEST, usual.offlineAfter());
        Duration broker = in.duration("broker-offline-after", SECOND, LONGEST, usual.brokerOfflineAfter());
        Duration vision = in.duration("vision-down-after", SECOND, LONGEST, usual.visionDownAfter());
        return in.finish(() -> new Patience(camera, broker, vision));
    }

    private static Optional<Storage> storage(MapReader root) {
        Path data = root.path("data-dir", "data");
        MapReader in = root.mapOrEmpty("storage");
        long spool = in.bytes("max-spool", 16 * MIB, (1L << 20) * MIB, 512 * MIB);
        long evidence = in.bytes("max-evidence", 16 * MIB, (1L << 20) * MIB, 2048 * MIB);
        long record = in.bytes("max-record", 0, (1L << 20) * MIB, 256 * MIB);
        long ballast = in.bytes("ballast", 0, 1024 * MIB, 16 * MIB);
        long free = in.bytes("keep-free", 0, (1L << 20) * MIB, 64 * MIB);
        Duration keep =
                in.duration("keep-acknowledged", Duration.ofMinutes(1), Duration.ofDays(365), Duration.ofDays(7));
        return in.finish(() -> new Storage(data, spool, evidence, record, new Spare(ballast, free), keep));
    }

    private static RuleScope scope(MapReader root, VideoSection video, Field field, RuleScope.Times times) {
        Map<String, Set<String>> quantities = new HashMap<>();
        root.declared("sensors", "id").forEach(id -> quantities.put(id, Set.of()));
        for (SensorSettings sensor : field.sensors()) {
            quantities.put(sensor.id(), sensor.feed().profile().quantities());
        }
        Map<String, Duration> offDelays = new HashMap<>();
        field.sensors()
                .forEach(sensor -> sensor.feed()
                        .profile()
                        .offDelays()
                        .forEach((quantity, delay) ->
                                offDelays.merge(quantity, delay, (a, b) -> a.compareTo(b) >= 0 ? a : b)));
        return new RuleScope(video.zones(), quantities, video.labels(), offDelays, times);
    }
}
