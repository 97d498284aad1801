package io.fengsui.hub.console.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.MediaType;

/** The JSON body of a request, or a problem that says what is wrong with it. */
public final class Bodies {
    private Bodies() {}

    /** What is packed is refused: the hub unpacks nothing, so that a few bytes cannot become many. */
    public static void refusePacked(AggregatedHttpRequest request) {
        String coding = request.headers().get(HttpHeaderNames.CONTENT_ENCODING, "identity");
        if (!coding.equalsIgnoreCase("identity")) {
            throw new Problem(
                            ProblemType.MEDIA_TYPE,
                            "请求内容不得压缩,请去掉 Content-Encoding",
                            "send the content as it is, without Content-Encoding")
                    .toException();
        }
    }

    /** An object; of other types nothing is read. */
    public static JsonNode object(AggregatedHttpRequest request) {
        refusePacked(request);
        MediaType type = request.contentType();
        if (type == null || !type.belongsTo(MediaType.JSON)) {
            throw new Problem(ProblemType.MEDIA_TYPE, "请发送 application/json", "send application/json").toException();
        }
        JsonNode body;
        try {
            body = Json.parse(request.contentUtf8());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw bad("不是有效的 JSON", "this is no JSON");
        }
        if (!body.isObject()) {
            throw bad("应为一个 JSON 对象", "expected a JSON object");
        }
        return body;
    }

    public static ProblemException bad(String zh, String en) {
        return new Problem(ProblemType.BAD_BODY, zh, en).toException();
    }
}
