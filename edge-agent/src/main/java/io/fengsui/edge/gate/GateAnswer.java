package io.fengsui.edge.gate;

import io.fengsui.edge.gate.luma.LumaPicture;
import io.fengsui.protocol.value.Detection;
import java.util.List;

/** What came of a look. Keeps nothing of the look but what it was of: its pictures have another owner. */
sealed interface GateAnswer {
    /** The picture that was looked at, and why. */
    record Of(GateReason reason, long generation, long arrivalNanos) {
        static Of look(Look look) {
            return new Of(look.reason(), look.generation(), look.arrivalNanos());
        }
    }

    /** The small picture. */
    record Small(Of look, LumaPicture picture) implements GateAnswer {}

    /** What the detector found. */
    record Seen(Of look, List<Detection> detections) implements GateAnswer {
        public Seen {
            detections = List.copyOf(detections);
        }
    }

    /** It was never looked at. */
    record Missed() implements GateAnswer {}
}
