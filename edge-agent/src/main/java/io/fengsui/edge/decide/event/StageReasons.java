package io.fengsui.edge.decide.event;

import io.fengsui.edge.gate.EmptyScene;
import io.fengsui.edge.gate.GateReason;
import io.fengsui.edge.sensor.SensorMessage.SensorInput;
import io.fengsui.edge.track.Track;
import io.fengsui.edge.track.TrackerState;
import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.protocol.Reason;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Reading;
import io.fengsui.rules.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the stages before the rules say of an input: the first links in the chain of reasons of an event. Pure. */
public final class StageReasons {
    private StageReasons() {}

    /** What gate, detector and tracker say of a picture's finding. */
    public static List<Reason> of(LookedPicture picture, TrackerState state, Outcome outcome) {
        List<Reason> why = new ArrayList<>();
        why.add(new Reason(
                "gate",
                picture.look().reason().label(),
                "camera " + picture.look().camera() + (picture.look().isComplete() ? "" : ", with gaps")));
        Optional<Detection> first = outcome.findings().stream()
                .flatMap(finding -> finding.detections().stream())
                .findFirst();
        first.ifPresent(detection -> {
            String model = picture.model().name() + "/" + picture.model().version();
            why.add(new Reason(
                    "detector",
                    "detected",
                    String.format(Locale.ROOT, "%s: %s %.2f", model, detection.label(), detection.confidence())));
            state.tracks().stream()
                    .filter(track -> track.id() == detection.track())
                    .findFirst()
                    .ifPresent(track -> why.add(new Reason("tracker", "confirmed", describe(track))));
        });
        return why;
    }

    private static String describe(Track track) {
        return String.format(
                Locale.ROOT, "track %d seen %d times, median %.2f", track.id(), track.hits(), track.medianScore());
    }

    /** What a small picture says. */
    public static Reason of(EmptyScene scene) {
        return new Reason(
                "gate",
                GateReason.CLOSING.label(),
                "camera " + scene.camera() + ": the small picture is as it was before anything came");
    }

    /** What the sensor says. */
    public static Reason of(SensorInput input) {
        Reading reading = input.reading();
        String code = input.isRetained() ? "retained" : "reading";
        String quality = reading.quality().name().toLowerCase(Locale.ROOT);
        return new Reason(
                "sensor",
                code,
                reading.sensor() + ": " + reading.quantity() + " " + reading.value() + " " + reading.unit() + " ("
                        + quality + ")");
    }
}
