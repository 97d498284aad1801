package io.fengsui.edge.decide.why;

import io.fengsui.edge.gate.EmptyScene;
import io.fengsui.edge.gate.GateReason;
import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Moment;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the log of decisions says of a look: why the gate wanted it, what the detector found, what the tracker believes. */
public final class LookNotes {
    private static final int MOST_WORDS = 6;

    private LookNotes() {}

    /**
     * @param counted detections that no mask hides
     * @param objects believed tracks that the picture shows
     */
    public static void write(
            DecisionLog log, LookedPicture picture, int counted, List<Detection> objects, Moment arrival) {
        String camera = picture.look().camera();
        log.note(camera, arrival.wall(), "gate", "", picture.look().reason().label(), "looked");
        int masked = picture.detections().size() - counted;
        String found = masked == 0 ? "" : masked + " masked";
        log.note(
                camera,
                arrival.wall(),
                "detector",
                "",
                counted == 0 ? "nothing" : counted + "-found",
                String.join(" ", found, words(picture.detections())).strip());
        log.note(camera, arrival.wall(), "tracker", "", objects.size() + "-confirmed", words(objects));
    }

    /** Of a scene that a small picture showed to be empty. */
    public static void write(DecisionLog log, EmptyScene scene, Moment arrival) {
        log.note(scene.camera(), arrival.wall(), "gate", "", GateReason.CLOSING.label(), "as the background was");
        log.note(scene.camera(), arrival.wall(), "tracker", "", "0-confirmed", "");
    }

    /** Of movement that only a hidden part of the picture can hold: the camera did not wake. */
    public static void hidden(DecisionLog log, EmptyScene scene, Moment arrival) {
        log.note(
                scene.camera(),
                arrival.wall(),
                "gate",
                "",
                scene.reason().label(),
                "sizes changed; as the background was outside of what is hidden");
    }

    private static String words(List<Detection> objects) {
        return objects.stream()
                .limit(MOST_WORDS)
                .map(d -> String.format(Locale.ROOT, "%s %.2f", d.label(), d.confidence()))
                .collect(Collectors.joining(", "));
    }
}
