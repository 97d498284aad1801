package io.fengsui.benchmarks.gate;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.gate.GateReason;
import io.fengsui.edge.gate.Look;
import io.fengsui.fieldsim.library.StreamTruth;
import io.fengsui.fieldsim.library.StreamTruth.Happening;
import io.fengsui.fieldsim.library.StreamTruth.Place;
import io.fengsui.protocol.value.Detection;
import java.util.ArrayList;
import java.util.List;

/**
 * What the detector sees in footage when it looks at five pictures a second: nobody wrote down what truly happens there. People
 * are one happening as long as none of them is out of sight for two seconds.
 */
final class FootageTruth {
    private static final String LABEL = "person";
    private static final float LEAST_SCORE = 0.4f;
    private static final int GAP_SECONDS = 2;
    private static final int LEAST_PICTURES = 2;

    private final StreamTruth bare;
    private final List<Happening> happenings = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private int pictures;
    private int lastSeen;

    private FootageTruth(StreamTruth bare) {
        this.bare = bare;
    }

    static StreamTruth of(VirtualCamera camera, Eyes eyes) throws InterruptedException {
        FootageTruth truth = new FootageTruth(camera.truth());
        for (int frame = 0; frame < camera.frames(); frame += GateRun.REFERENCE_STEP) {
            truth.take(frame, seen(camera, eyes, frame));
        }
        truth.end();
        StreamTruth bare = truth.bare;
        return new StreamTruth(
                bare.name(),
                bare.kind(),
                bare.codec(),
                bare.framesPerSecond(),
                bare.gopFrames(),
                bare.frames(),
                bare.isDrawn(),
                truth.happenings);
    }

    private static List<Detection> seen(VirtualCamera camera, Eyes eyes, int frame) throws InterruptedException {
        List<AccessUnit> units = new ArrayList<>();
        for (long at = camera.keyframeBefore(frame); at <= frame; at++) {
            units.add(camera.unit(at));
        }
        return eyes.look(new Look("reference", units, true, GateReason.ALL)) instanceof Eyes.Answer.Seen seen
                ? seen.detections()
                : List.of();
    }

    private void take(int frame, List<Detection> seen) {
        List<Detection> people = seen.stream()
                .filter(one -> one.label().equals(LABEL) && one.confidence() >= LEAST_SCORE)
                .toList();
        if (pictures > 0 && frame - lastSeen > GAP_SECONDS * bare.framesPerSecond()) {
            end();
        }
        if (!people.isEmpty()) {
            pictures++;
            lastSeen = frame;
            for (int each = frame; each < Math.min(bare.frames(), frame + GateRun.REFERENCE_STEP); each++) {
                int at = each;
                people.forEach(one -> places.add(new Place(at, one.box())));
            }
        }
    }

    private void end() {
        if (pictures >= LEAST_PICTURES) {
            happenings.add(new Happening(LABEL, "footage", places.getFirst().frame(), lastSeen, places));
        }
        places.clear();
        pictures = 0;
    }
}
