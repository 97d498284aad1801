package io.fengsui.edge.sensor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.edge.sensor.PayloadMapping.Freshness;
import io.fengsui.edge.sensor.PayloadMapping.Measure;
import io.fengsui.edge.sensor.PayloadMapping.State;
import io.fengsui.protocol.value.Quality;
import io.fengsui.protocol.value.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Payloads to readings. Pure; bounded in size and depth. */
final class PayloadReader {
    private static final int MAX_DEPTH = 50;
    private static final int MAX_NUMBER = 100;
    private static final double LAST_SECOND = 1e11; // beyond the year 5000: must be milliseconds
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER)
                    .maxDocumentLength(Arrived.MAX_PAYLOAD)
                    .build())
            .build());

    private PayloadReader() {}

    /** Why a payload is not a reading; the text is for people, the code for machines. */
    static final class NotAReading extends Exception {
        private static final long serialVersionUID = 1L;

        NotAReading(String reason) {
            super(reason);
        }
    }

    static Reading read(SensorSettings sensor, Arrived message) throws NotAReading {
        if (message.payload().length > Arrived.MAX_PAYLOAD) {
            throw new NotAReading("larger than " + Arrived.MAX_PAYLOAD + " bytes");
        }
        PayloadMapping mapping = sensor.mapping();
        JsonNode root = parse(message.payload(), mapping.pointer().isEmpty());
        JsonNode node = root.at(JsonPointer.compile(mapping.pointer()));
        if (node.isMissingNode() || node.isNull()) {
            throw new NotAReading("nothing at '" + mapping.pointer() + "'");
        }
        String unit = mapping instanceof Measure measure ? measure.unit().si() : "";
        double value = switch (mapping) {
            case State state -> state(state, node);
            case Measure measure -> measure(measure, node);
        };
        Quality quality = quality(mapping.freshness(), root, message.at().wall());
        return new Reading(sensor.id(), sensor.quantity(), value, unit, quality, message.at());
    }

    private static JsonNode parse(byte[] payload, boolean mayBeText) throws NotAReading {
        try {
            JsonNode root = JSON.readTree(payload);
            if (root != null && !root.isMissingNode()) {
                return root;
            }
        } catch (IOException e) {
            if (!mayBeText) {
                throw new NotAReading("not JSON");
            }
        }
        if (mayBeText && payload.length > 0) {
            return JSON.getNodeFactory().textNode(new String(payload, StandardCharsets.UTF_8).strip());
        }
        throw new NotAReading("empty");
    }

    private static double state(State mapping, JsonNode node) throws NotAReading {
        if (!node.isValueNode()) {
            throw new NotAReading("a list or an object at '" + mapping.pointer() + "'");
        }
        String text = node.isNumber() && node.doubleValue() == Math.rint(node.doubleValue())
                ? Long.toString(node.longValue())
                : node.asText().strip().toLowerCase(Locale.ROOT);
        if (mapping.trueValues().contains(text)) {
            return 1;
        }
        if (mapping.falseValues().contains(text)) {
            return 0;
        }
        throw new NotAReading("neither a true nor a false value at '" + mapping.pointer() + "'");
    }

    private static double measure(Measure mapping, JsonNode node) throws NotAReading {
        double value = Double.NaN;
        if (node.isNumber()) {
            value = node.doubleValue();
        } else if (node.isTextual() && node.textValue().length() <= MAX_NUMBER) {
            value = parseNumber(node.textValue().strip());
        }
        double si = mapping.unit().toSi(value * mapping.scale());
        if (!Double.isFinite(si)) {
            throw new NotAReading("not a number at '" + mapping.pointer() + "'");
        }
        return si;
    }

    private static double parseNumber(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static Quality quality(@Nullable Freshness freshness, JsonNode root, Instant now) {
        if (freshness == null) {
            return Quality.GOOD;
        }
        Instant measured = instant(root.at(JsonPointer.compile(freshness.pointer())));
        boolean isFresh =
                measured != null && Duration.between(measured, now).abs().compareTo(freshness.maxAge()) <= 0;
        return isFresh ? Quality.GOOD : Quality.UNCERTAIN;
    }

    private static @Nullable Instant instant(JsonNode node) {
        try {
            if (node.isNumber()) {
                double number = node.doubleValue();
                long millis = (long) (Math.abs(number) < LAST_SECOND ? number * 1000 : number);
                return Instant.ofEpochMilli(millis);
            }
            return node.isTextual()
                    ? java.time.OffsetDateTime.parse(node.textValue()).toInstant()
                    : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
