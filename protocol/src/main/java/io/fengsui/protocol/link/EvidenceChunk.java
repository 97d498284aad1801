package io.fengsui.protocol.link;

import java.util.UUID;

/** Consecutive bytes of offered evidence. The bytes are handed on as they are. */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
public record EvidenceChunk(UUID evidence, long offset, byte[] data) {
    public static final int MAX_BYTES = 32 * 1024;

    public EvidenceChunk {
        if (offset < 0 || data.length == 0 || data.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a chunk has 1 to " + MAX_BYTES + " bytes from 0 on, not " + data.length + " from " + offset);
        }
    }
}
