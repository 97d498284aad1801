package io.fengsui.edge.action;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.protocol.Event;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Posts what an action says. Waits for nothing: the answer is given on a thread of the client's. Thread-safe. */
final class HttpCaller implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** Gives the empty text when it was taken, else why not; neither holds a secret. */
    CompletableFuture<String> post(Deed.Call call, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri())
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        call.token().ifPresent(token -> request.header("Authorization", "Bearer " + token.reveal()));
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
                .handle((response, failure) -> {
                    if (failure != null) {
                        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                        return "no answer: " + cause.getClass().getSimpleName();
                    }
                    return response.statusCode() / 100 == 2 ? "" : "answered " + response.statusCode();
                });
    }

    /** What is posted: the text and the event that it answers. */
    static byte[] body(String action, String text, @Nullable Event event) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("action", action).put("text", text);
        if (event != null) {
            json.put("event", event.id().toString())
                    .put("kind", event.kind().value())
                    .put("severity", event.severity().name().toLowerCase(Locale.ROOT))
                    .put("edge", event.origin().edge())
                    .put("source", event.origin().source().id())
                    .put("subject", event.origin().subject())
                    .put("occurredAt", event.times().occurred().wall().toString());
            json.putObject("place")
                    .put("zh", event.origin().place().name().zh())
                    .put("en", event.origin().place().name().en())
                    .put("grid", event.origin().place().grid());
            ObjectNode attributes = json.putObject("attributes");
            event.attributes().forEach(attributes::put);
        }
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
