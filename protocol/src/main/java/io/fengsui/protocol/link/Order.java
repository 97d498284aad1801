package io.fengsui.protocol.link;

import io.fengsui.protocol.EventId;
import io.fengsui.protocol.value.Checks;
import java.time.Instant;
import java.util.UUID;

/** Something the hub wants done: carried out at most once per id, and not after it expires. */
public record Order(UUID id, Instant expires, Task task) {
    /** What to do. */
    public sealed interface Task {}

    /** Says a text through a configured action (a loudspeaker). */
    public record Speak(String action, String text) implements Task {
        public Speak {
            Checks.id("action", action);
            Checks.text("text", text);
        }
    }

    /** Takes a picture now, as evidence of an event. */
    public record TakeSnapshot(String camera, EventId event) implements Task {}

    /** Swaps the detector; an empty version is the newest. */
    public record UseModel(String name, String version) implements Task {}

    /** Reads the configuration again. */
    public record Reload() implements Task {}

    /** Ends an event that a person found to be over. */
    public record CloseEvent(EventId event, String reason) implements Task {}

    /** What became of an order. */
    public enum Outcome {
        ACCEPTED,
        DONE,
        EXPIRED,
        REFUSED,
        FAILED
    }

    /** The edge's word on an order. */
    public record Receipt(UUID order, Outcome outcome, String detail) {
        public Receipt {
            Checks.text("detail", detail);
        }
    }
}
