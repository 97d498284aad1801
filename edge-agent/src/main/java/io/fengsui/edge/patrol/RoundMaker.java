package io.fengsui.edge.patrol;

import io.fengsui.edge.patrol.PatrolEyes.Sight;
import io.fengsui.edge.patrol.Round.Visit;
import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.edge.vision.SnapshotJob;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Name;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one round: camera after camera is looked at, one that cannot be seen is named with the reason. Confined to {@code patrol}. */
final class RoundMaker {
    /** How long one camera may take; a detector that is started for the round takes its time for the first. */
    static final Duration PATIENCE = Duration.ofSeconds(25);

    private static final Logger LOG = LoggerFactory.getLogger(RoundMaker.class);
    private static final Duration OLDEST = Duration.ofSeconds(60);
    private static final int PICTURE_WIDTH = 640;
    private static final int PICTURE_QUALITY = 80;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss");

    private final PatrolEyes eyes;
    private final TimeSource time;
    private final ZoneId zone;

    RoundMaker(PatrolEyes eyes, TimeSource time, ZoneId zone) {
        this.eyes = eyes;
        this.time = time;
        this.zone = zone;
    }

    private record Seen(Visit visit, ContactSheet.Tile tile) {}

    Round make(PatrolSettings patrol, Map<String, Name> names) throws InterruptedException {
        List<Seen> seen = new ArrayList<>();
        try (Sight sight = eyes.open(patrol.model())) {
            for (String camera : patrol.cameras()) {
                seen.add(visit(patrol, camera, sight, names.getOrDefault(camera, Name.NONE)));
            }
        } catch (IOException e) {
            for (String camera : patrol.cameras()) {
                seen.add(missed(camera, names.getOrDefault(camera, Name.NONE), String.valueOf(e.getMessage())));
            }
        }
        SheetPlan plan = SheetPlan.of(seen.size());
        return new Round(patrol, seen.stream().map(Seen::visit).toList(), sheet(plan, seen), plan);
    }

    private static byte[] sheet(SheetPlan plan, List<Seen> seen) {
        try {
            return ContactSheet.paint(plan, seen.stream().map(Seen::tile).toList());
        } catch (IOException | RuntimeException | LinkageError e) {
            LOG.error("a contact sheet could not be made", e);
            return new byte[0];
        }
    }

    private Seen visit(PatrolSettings patrol, String camera, Sight sight, Name name) throws InterruptedException {
        try {
            LookedPicture looked = sight.look(camera).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            Duration age = Duration.ofNanos(time.steadyNanos() - looked.look().arrivalNanos());
            if (age.compareTo(OLDEST) > 0) {
                return missed(camera, name, "its last picture is " + age.toSeconds() + " s old");
            }
            List<Detection> found = looked.detections().stream()
                    .filter(d -> patrol.found().labels().contains(d.label()))
                    .filter(d -> d.confidence() >= patrol.found().minConfidence())
                    .toList();
            byte[] jpeg = sight.picture(
                            new SnapshotJob(looked.look(), found, List.of(), PICTURE_WIDTH, PICTURE_QUALITY))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            Instant taken = time.wall().minus(age);
            List<String> words = words(camera, name, CLOCK.format(taken.atZone(zone)));
            return new Seen(new Visit(camera, looked, found, ""), new ContactSheet.Tile(jpeg, words, !found.isEmpty()));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return missed(camera, name, String.valueOf(cause.getMessage()));
        } catch (TimeoutException e) {
            return missed(camera, name, "no picture within " + PATIENCE.toSeconds() + " s");
        }
    }

    private static Seen missed(String camera, Name name, String why) {
        LOG.warn("patrol missed camera={}: {}", camera, why);
        List<String> words = words(camera, name, "未拍到 not seen");
        List<String> plain = new ArrayList<>(words);
        plain.add(camera + " not seen");
        return new Seen(new Visit(camera, null, List.of(), why), new ContactSheet.Tile(new byte[0], plain, false));
    }

    /** In Chinese, else in English, else the id alone. */
    private static List<String> words(String camera, Name name, String more) {
        return List.of(
                name.zh().isEmpty() ? camera + "  " + more : name.zh() + " " + camera + "  " + more,
                name.en().isEmpty() ? camera + "  " + more : name.en() + " " + camera + "  " + more,
                camera + "  " + more);
    }
}
