package io.fengsui.edge.record;

import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Reading;
import io.fengsui.rules.Finding.Change;
import io.fengsui.rules.RuleInput;
import java.time.Instant;

/** One thing that was recorded, with its wall clock. */
public sealed interface Entry {
    Instant at();

    /** What a looked picture showed, after masks and tracking. */
    record Seen(Instant at, String camera, RuleInput.Sighting sighting) implements Entry {}

    record Read(Instant at, Reading reading, boolean isRetained) implements Entry {}

    /** What a rule of then found. */
    record Found(Instant at, String rule, String subject, Change change, Severity severity) implements Entry {}
}
