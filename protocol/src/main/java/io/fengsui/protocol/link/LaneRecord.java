package io.fengsui.protocol.link;

/**
 * One position of a lane as it lies in the spool, on the wire and in the hub's journal.
 *
 * @param body the encoded {@code RecordBody}; hashed and journalled as exactly these bytes
 * @param prefixHash SHA-256(previous prefix hash, body as first written); 32 zero bytes stand before the first. A
 *     tombstone that takes a record's place keeps its hash
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are handed on as they are; never compared, never changed
public record LaneRecord(long sequence, byte[] body, byte[] prefixHash) {
    public static final int MAX_BODY_BYTES = 1 << 20;

    public LaneRecord {
        if (sequence < 1) {
            throw new IllegalArgumentException("sequences start at 1, not " + sequence);
        }
        if (body.length == 0 || body.length > MAX_BODY_BYTES) {
            throw new IllegalArgumentException("a record has 1 to " + MAX_BODY_BYTES + " bytes, not " + body.length);
        }
        if (prefixHash.length != 32) {
            throw new IllegalArgumentException("a prefix hash has 32 bytes, not " + prefixHash.length);
        }
    }
}
