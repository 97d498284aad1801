package io.fengsui.edge.decide;

import io.fengsui.edge.decide.why.DecisionLog;
import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Moment;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Notes in the log of decisions what gate, detector and tracker said of a picture. Confined to {@code decide}. */
final class LookNotes {
    private static final int NAMED = 6;

    private LookNotes() {}

    /** @param counted how many objects the masks left */
    static void note(DecisionLog log, LookedPicture picture, int counted, List<Detection> objects, Moment arrival) {
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

    private static String words(List<Detection> objects) {
        return objects.stream()
                .limit(NAMED)
                .map(d -> String.format(Locale.ROOT, "%s %.2f", d.label(), d.confidence()))
                .collect(Collectors.joining(", "));
    }
}
