package io.fengsui.edge.spool.store;

import io.fengsui.protocol.Lane;
import java.time.Instant;
import java.util.Locale;

/**
 * Records that will never come, to be told as an event.
 *
 * @param first lowest position among them; 0 when they never had one
 * @param last highest position
 * @param records how many
 * @param worst importance of the worst of them
 * @param since when the first went
 */
public record Gap(long id, Lane lane, Why why, long first, long last, long records, int worst, Instant since) {

    /** Whether no more are gone; nobody knows where the lane's own row was damaged. */
    public boolean isCounted() {
        return why != Why.DAMAGED || first > 0;
    }

    /** Why they are gone. */
    public enum Why {
        /** Given up for want of room. */
        EVICTED,
        /** Their bytes do not fit their checksum, or their pages cannot be read. */
        DAMAGED,
        /** They came while nothing could be written, and memory was full; or they could not be encoded, or written while others could. */
        REFUSED,
        /** They came while nothing could be written, and there were too many to be told from memory: the disk brought them late. */
        UNTOLD,
        /** Pictures given up for want of room before the hub had them. */
        PICTURES;

        /** Stable name for events. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
