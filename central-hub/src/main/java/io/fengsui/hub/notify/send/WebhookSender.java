package io.fengsui.hub.notify.send;

import io.fengsui.hub.notify.Delivery;
import io.fengsui.hub.notify.TryOutcome;
import io.fengsui.hub.notify.channel.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/**
 * Posts messages, signed as Standard Webhooks says. Redirects are never followed: an address inside could be named so.
 * 410 means that the receiver wants no more; what the receiver writes back is not read.
 */
final class WebhookSender implements Sender {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final int GONE = 410;

    private final Channel.Webhook channel;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    WebhookSender(Channel.Webhook channel) {
        this.channel = channel;
    }

    @Override
    public Result send(Delivery delivery, Instant now) throws InterruptedException {
        String body = switch (channel.format()) {
            case CLOUDEVENTS -> MessageForm.cloudEvent(delivery);
            case ALERTMANAGER -> MessageForm.alertmanager(delivery);
        };
        try {
            HttpResponse<InputStream> response =
                    client.send(request(delivery.id(), body, now), HttpResponse.BodyHandlers.ofInputStream());
            response.body().close();
            return result(response.statusCode());
        } catch (IOException e) {
            return new Result(TryOutcome.FAILED, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private HttpRequest request(String id, String body, Instant now) {
        HttpRequest.Builder request = HttpRequest.newBuilder(channel.url())
                .timeout(ANSWER)
                .header("user-agent", "fengsui-hub")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .header(
                        "content-type",
                        channel.format() == Channel.Format.CLOUDEVENTS
                                ? "application/cloudevents+json; charset=utf-8"
                                : "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!channel.secrets().isEmpty()) {
            request.header("webhook-signature", Signature.of(channel.secrets(), id, now.getEpochSecond(), body));
        }
        if (channel.bearer() != null) {
            request.header("authorization", "Bearer " + channel.bearer().reveal());
        }
        return request.build();
    }

    private static Result result(int status) {
        if (status / 100 == 2) {
            return new Result(TryOutcome.DELIVERED, "status " + status);
        }
        return status == GONE
                ? new Result(TryOutcome.REFUSED, "status 410: the receiver wants no more")
                : new Result(
                        TryOutcome.FAILED,
                        "status " + status + (status / 100 == 3 ? ": redirects are not followed" : ""));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
