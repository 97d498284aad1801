package io.fengsui.protocol.link;

import io.fengsui.protocol.value.Checks;
import java.util.UUID;

/**
 * The hub's word on offered evidence.
 *
 * @param offset send from here
 * @param isComplete verified against its hash and on disk
 * @param refused why it will never be taken; empty otherwise
 */
public record EvidenceReceipt(UUID evidence, long offset, boolean isComplete, String refused) {
    public EvidenceReceipt {
        Checks.text("refused", refused);
        if (offset < 0) {
            throw new IllegalArgumentException("an offset is not negative: " + offset);
        }
    }
}
