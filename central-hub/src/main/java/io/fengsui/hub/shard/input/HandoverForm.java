package io.fengsui.hub.shard.input;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one shard hands over to another, as bytes: the length of its texts in four bytes, the texts as JSON, an encoded
 * record body. In the journal of who takes it over, its source stands before it. Kept readable for ever.
 */
public final class HandoverForm {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};
    private static final int SOURCE_BYTES = 4 * Long.BYTES;

    private HandoverForm() {}

    public static byte[] encode(Map<String, String> texts, byte[] body) {
        try {
            byte[] json = JSON.writeValueAsBytes(new TreeMap<>(texts));
            return ByteBuffer.allocate(Integer.BYTES + json.length + body.length)
                    .putInt(json.length)
                    .put(json)
                    .put(body)
                    .array();
        } catch (IOException e) {
            throw new IllegalStateException("texts can be written as JSON", e);
        }
    }

    /** Throws {@link IllegalArgumentException} when the bytes are damaged. */
    static Map<String, String> texts(byte[] bytes) {
        try {
            return JSON.readValue(bytes, Integer.BYTES, bodyAt(bytes) - Integer.BYTES, TEXTS);
        } catch (IOException e) {
            throw new IllegalArgumentException("what was handed over is damaged", e);
        }
    }

    static byte[] body(byte[] bytes) {
        return Arrays.copyOfRange(bytes, bodyAt(bytes), bytes.length);
    }

    private static int bodyAt(byte[] bytes) {
        int length = bytes.length < Integer.BYTES ? -1 : ByteBuffer.wrap(bytes).getInt();
        if (length < 0 || length > bytes.length - Integer.BYTES) {
            throw new IllegalArgumentException("what was handed over is damaged: no length at its beginning");
        }
        return Integer.BYTES + length;
    }

    static byte[] journalled(Input.HandedOver handed) {
        Input.@Nullable From from = handed.from();
        ByteBuffer bytes = ByteBuffer.allocate(SOURCE_BYTES + handed.bytes().length);
        bytes.putLong(from == null ? -1 : from.plan())
                .putLong(from == null ? 0 : from.shard())
                .putLong(from == null ? 0 : from.offset())
                .putLong(from == null ? 0 : from.part());
        return bytes.put(handed.bytes()).array();
    }

    static Input.HandedOver ofJournal(String edge, byte[] journalled) {
        if (journalled.length < SOURCE_BYTES) {
            throw new IllegalArgumentException("a journal entry is damaged");
        }
        ByteBuffer bytes = ByteBuffer.wrap(journalled);
        long plan = bytes.getLong();
        Input.From from = new Input.From(plan, (int) bytes.getLong(), bytes.getLong(), (int) bytes.getLong());
        return new Input.HandedOver(
                plan < 0 ? null : from, edge, Arrays.copyOfRange(journalled, SOURCE_BYTES, journalled.length));
    }
}
