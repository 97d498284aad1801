package io.fengsui.hub.console.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How the hub writes and reads JSON: camelCase names, RFC 3339 times in UTC, both languages as {@code {zh, en}}. */
public final class Json {
    /** Of a request; most routes take fewer bytes than this anyway. */
    private static final int MAX_STRING = 256 << 10;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxStringLength(MAX_STRING)
                            .maxNumberLength(32)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    public static JsonNode parse(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    /** A name in both languages; where one is missing the other stands in. */
    public static ObjectNode name(String zh, String en) {
        return object().put("zh", zh.isEmpty() ? en : zh).put("en", en.isEmpty() ? zh : en);
    }

    /** RFC 3339 in UTC, milliseconds. */
    public static String time(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).toString();
    }

    public static @Nullable String timeOrNull(@Nullable Long epochMillis) {
        return epochMillis == null ? null : time(epochMillis);
    }

    /** A page: its items and the cursor of the next, null at the end. {@code rows} has one more than a page if more follow. */
    public static <T> ObjectNode page(
            List<T> rows, int limit, Function<T, ObjectNode> toJson, Function<T, Cursor> toCursor) {
        boolean hasMore = rows.size() > limit;
        List<T> shown = hasMore ? rows.subList(0, limit) : rows;
        ObjectNode page = object();
        ArrayNode items = page.putArray("items");
        shown.forEach(row -> items.add(toJson.apply(row)));
        page.put("next", hasMore ? toCursor.apply(shown.getLast()).encode() : null);
        return page;
    }

    public static HttpResponse response(JsonNode body) {
        return response(HttpStatus.OK, body, null);
    }

    public static HttpResponse response(HttpStatus status, JsonNode body, @Nullable String entityTag) {
        var headers = ResponseHeaders.builder(status)
                .contentType(MediaType.JSON_UTF_8)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
        if (entityTag != null) {
            headers.set(HttpHeaderNames.ETAG, entityTag);
        }
        return HttpResponse.of(headers.build(), HttpData.ofUtf8(body.toString()));
    }
}
