package io.fengsui.protocol.wire;

import com.google.protobuf.ByteString;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.value.Sha256;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reading of single fields; what is wrong is told with the field's path. Pure. */
final class Fields {
    private static final int HASH_BYTES = 32;
    private static final int UUID_CHARS = 36;

    private Fields() {}

    /** Reads one value of a message. */
    @FunctionalInterface
    interface Decoding<T> {
        T decode() throws MalformedMessageException;
    }

    /** Turns one element of a repeated field into a value. */
    @FunctionalInterface
    interface Mapping<M, T> {
        T decode(M message) throws MalformedMessageException;
    }

    /** Decodes what stands in a field. A refusal of the value's own constructor is one of the message. */
    static <T> T in(String field, Decoding<T> decoding) throws MalformedMessageException {
        try {
            return decoding.decode();
        } catch (MalformedMessageException e) {
            throw new MalformedMessageException(field + "." + e.getMessage(), e);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new MalformedMessageException(field + ": " + e.getMessage(), e);
        }
    }

    /** Like {@link #in}, for a message field that must be there. */
    static <T> T required(String field, boolean isThere, Decoding<T> decoding) throws MalformedMessageException {
        if (!isThere) {
            throw new MalformedMessageException(field + ": missing");
        }
        return in(field, decoding);
    }

    /** Decodes a repeated field; more than {@code cap} elements are refused before any is looked at. */
    static <M, T> List<T> list(String field, List<M> messages, int cap, Mapping<M, T> mapping)
            throws MalformedMessageException {
        if (messages.size() > cap) {
            throw new MalformedMessageException(field + ": " + messages.size() + " entries, more than " + cap);
        }
        List<T> values = new ArrayList<>(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            M message = messages.get(i);
            values.add(in(field + "[" + i + "]", () -> mapping.decode(message)));
        }
        return values;
    }

    static EventId eventId(String field, String text) throws MalformedMessageException {
        return in(field, () -> new EventId(uuid(text)));
    }

    static UUID uuid(String field, String text) throws MalformedMessageException {
        return in(field, () -> uuid(text));
    }

    private static UUID uuid(String text) {
        if (text.length() != UUID_CHARS) {
            throw new IllegalArgumentException("a UUID has " + UUID_CHARS + " characters, not " + text.length());
        }
        return UUID.fromString(text);
    }

    /** 32 bytes, or none. */
    static Sha256 hash(String field, ByteString bytes) throws MalformedMessageException {
        if (!bytes.isEmpty() && bytes.size() != HASH_BYTES) {
            throw new MalformedMessageException(field + ": " + bytes.size() + " bytes, not " + HASH_BYTES);
        }
        return Sha256.of(bytes.toByteArray());
    }

    static ByteString bytes(Sha256 hash) {
        return ByteString.copyFrom(hash.bytes());
    }

    /** A uint64 that fits a Java long. */
    static long natural(String field, long value) throws MalformedMessageException {
        if (value < 0) {
            throw new MalformedMessageException(field + ": " + Long.toUnsignedString(value) + " is too large");
        }
        return value;
    }

    static Duration seconds(int unsigned) {
        return Duration.ofSeconds(Integer.toUnsignedLong(unsigned));
    }

    static Instant millis(long unixMillis) {
        return Instant.ofEpochMilli(unixMillis);
    }
}
