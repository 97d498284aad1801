package io.fengsui.hub.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import java.time.Duration;
import java.util.Locale;

/**
 * One answer that says what is wrong and what to do (RFC 9457), in both languages: {@code title} and {@code detail} in
 * the one that the request prefers, {@code zh} and {@code en} always.
 *
 * @param retryAfter when it is worth another try, as {@code Retry-After}; zero where that is not known here
 */
public record Problem(ProblemType type, String zh, String en, Duration retryAfter) {
    private static final String MEDIA_TYPE = "application/problem+json; charset=utf-8";

    public Problem(ProblemType type, String zh, String en) {
        this(type, zh, en, Duration.ZERO);
    }

    public Problem after(Duration pause) {
        return new Problem(type, zh, en, pause);
    }

    /** Whole seconds, at least one, rounded up: as {@code Retry-After} has them. */
    public static String seconds(Duration pause) {
        return Long.toString(Math.max(1, pause.plusNanos(999_999_999).toSeconds()));
    }

    public ProblemException toException() {
        return new ProblemException(this);
    }

    public HttpResponse toResponse(RequestHeaders request) {
        return HttpResponse.of(headers(), HttpData.ofUtf8(toJson(request).toString()));
    }

    ResponseHeaders headers() {
        ResponseHeadersBuilder headers = ResponseHeaders.builder(type.status())
                .set(HttpHeaderNames.CONTENT_TYPE, MEDIA_TYPE)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
        if (type == ProblemType.TOKEN_NEEDED) {
            headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"fengsui\"");
        }
        if (!retryAfter.isZero()) {
            headers.set(HttpHeaderNames.RETRY_AFTER, seconds(retryAfter));
        }
        return headers.build();
    }

    ObjectNode toJson(RequestHeaders request) {
        boolean isEnglish = request.get(HttpHeaderNames.ACCEPT_LANGUAGE, "")
                .strip()
                .toLowerCase(Locale.ROOT)
                .startsWith("en");
        ObjectNode node = Json.object();
        node.put("type", type.uri());
        node.put("title", isEnglish ? type.en() : type.zh());
        node.put("status", type.status().code());
        node.put("detail", isEnglish ? en : zh);
        node.putObject("zh").put("title", type.zh()).put("detail", zh);
        node.putObject("en").put("title", type.en()).put("detail", en);
        return node;
    }
}
