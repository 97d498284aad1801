package io.fengsui.edge.decide.event;

import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.Checks;

/**
 * Something is wrong with a part of the box, or right again.
 *
 * @param part tells apart what is wrong with one source in one kind; may be empty
 * @param isBegun wrong now; else right again
 * @param code stable cause
 * @param detail for people; holds no secret
 */
public record HealthNotice(
        EventKind kind, Severity severity, Source source, String part, boolean isBegun, String code, String detail) {
    public HealthNotice {
        if (!kind.isHealth()) {
            throw new IllegalArgumentException("a health notice has a kind health.*, not " + kind);
        }
        Checks.text("part", part);
        Checks.id("code", code);
        Checks.text("detail", detail);
    }

    /** Names the event that it is of. */
    public String dedupKey() {
        return kind + "/" + source.id() + (part.isEmpty() ? "" : "/" + part);
    }
}
