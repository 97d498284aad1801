package io.fengsui.protocol;

import io.fengsui.protocol.value.Checks;

/**
 * One link in the chain of reasons of an event.
 *
 * @param stage who decided: gate, detector, tracker, zone, rule, sensor …
 * @param code stable, for machines: the label of that stage's reason enum
 * @param detail for people
 */
public record Reason(String stage, String code, String detail) {
    public Reason {
        Checks.id("stage", stage);
        Checks.id("code", code);
        Checks.text("detail", detail);
    }
}
