package io.fengsui.protocol;

import io.fengsui.protocol.value.Checks;
import java.util.UUID;

/** A promised picture that will never come. */
public record EvidenceLost(EventId eventId, UUID evidenceId, String reason) implements RecordBody {
    public EvidenceLost {
        Checks.text("reason", reason);
    }
}
