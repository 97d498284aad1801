package io.fengsui.edge.profile.reading;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.rules.condition.Expression;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Payloads as JSON or text: bounded in size, depth and numbers; strict about UTF-8, double keys and what follows. */
final class JsonPayload {
    private static final int MAX_DEPTH = 50;
    private static final int MAX_NUMBER = 100;
    private static final int MAX_TEXT = 4096;
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER)
                            .maxDocumentLength(Incoming.MAX_PAYLOAD)
                            .build())
                    .build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonPayload() {}

    static JsonNode json(byte[] payload) throws BadMessageException {
        checkSize(payload);
        try {
            JsonNode root = JSON.readTree(payload);
            if (root == null || root.isMissingNode()) {
                throw new BadMessageException("empty");
            }
            return root;
        } catch (StreamConstraintsException e) {
            throw new BadMessageException("nested deeper than " + MAX_DEPTH + " levels or with numbers too long");
        } catch (JacksonException e) {
            String what = String.valueOf(e.getOriginalMessage());
            String why = what.startsWith("Duplicate") ? "a key stands twice" : isUtf8(payload) ? "" : "not UTF-8";
            throw new BadMessageException("not JSON" + (why.isEmpty() ? "" : ": " + why) + at(e));
        } catch (IOException e) {
            throw new BadMessageException("not JSON");
        }
    }

    private static String at(JacksonException e) {
        return e.getLocation() == null ? "" : ", byte " + e.getLocation().getByteOffset();
    }

    /** A number, a truth value or a text of JSON as such; anything else as the text that it is, without blanks around it. */
    static JsonNode text(byte[] payload) throws BadMessageException {
        checkSize(payload);
        if (payload.length == 0 || payload.length > MAX_TEXT) {
            throw new BadMessageException(payload.length == 0 ? "empty" : "a text of more than " + MAX_TEXT + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString()
                    .strip();
            if (text.isEmpty()) {
                throw new BadMessageException("empty");
            }
            return scalar(text);
        } catch (CharacterCodingException e) {
            throw new BadMessageException("not UTF-8");
        }
    }

    private static JsonNode scalar(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            if (node != null && node.isValueNode() && !node.isNull()) {
                return node;
            }
        } catch (JacksonException e) {
            return JSON.getNodeFactory().textNode(text);
        }
        return JSON.getNodeFactory().textNode(text);
    }

    private static void checkSize(byte[] payload) throws BadMessageException {
        if (payload.length > Incoming.MAX_PAYLOAD) {
            throw new BadMessageException("larger than " + Incoming.MAX_PAYLOAD + " bytes");
        }
    }

    private static boolean isUtf8(byte[] payload) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** The same as values of Java, as an expression takes them. */
    static Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, Object> map = new HashMap<>();
                node.properties().forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
                yield map;
            }
            case ARRAY -> {
                List<Object> list = new ArrayList<>();
                node.forEach(item -> list.add(value(item)));
                yield list;
            }
            case NUMBER -> {
                boolean isWhole = node.isIntegralNumber() && node.canConvertToLong();
                // Not by '?:', which would make a double of both.
                if (isWhole) {
                    yield node.longValue();
                }
                yield node.doubleValue();
            }
            case BOOLEAN -> node.booleanValue();
            case STRING -> node.textValue();
            case NULL, MISSING, POJO, BINARY -> Expression.NULL;
        };
    }
}
