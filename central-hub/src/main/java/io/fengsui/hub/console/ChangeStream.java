package io.fengsui.hub.console;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.fengsui.hub.access.Policy;
import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.console.http.Json;
import io.fengsui.hub.console.http.Problem;
import io.fengsui.hub.console.http.ProblemType;
import io.fengsui.hub.console.http.Route;
import io.fengsui.hub.console.http.Visitor;
import io.fengsui.runtime.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events (WHATWG HTML, section 9.2): {@code hello} with the position first, or {@code reset} when the
 * client's own is too old; then each change. A stream is one virtual thread that writes, waits until the bytes left for
 * the network, and only then takes more: nothing queues up for a slow client, which is cut and comes back with
 * {@code Last-Event-ID}. Each stream tells what its reader may see, and ends with the session, and after {@link #LONGEST}.
 */
public final class ChangeStream {
    private static final Duration LONGEST = Duration.ofHours(1);
    /** Whoever is refused a stream: others do not end theirs soon. */
    private static final Duration STREAMS_STAY = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(ChangeStream.class);

    /** Who reads a stream. */
    private record Listener(Reach reach, BooleanSupplier stillIn) {}

    private final ChangeFeed feed;
    private final ConsoleSettings settings;
    private final TimeSource time;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong started = new AtomicLong();
    private final AtomicLong cut = new AtomicLong();

    ChangeStream(ChangeFeed feed, ConsoleSettings settings, TimeSource time) {
        this.feed = feed;
        this.settings = settings;
        this.time = time;
    }

    List<Route> routes() {
        return List.of(new Route(HttpMethod.GET, "/api/v1/stream", Policy.SIGNED_IN, this::serve));
    }

    /** Streams that are open now. */
    public int clients() {
        return open.get();
    }

    /** Streams that were cut because their client read too slowly. */
    public long cuts() {
        return cut.get();
    }

    private HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        if (open.incrementAndGet() > settings.maxStreams()) {
            open.decrementAndGet();
            return new Problem(
                            ProblemType.BUSY,
                            "实时连接已达上限 " + settings.maxStreams(),
                            "there are " + settings.maxStreams() + " open streams, which is the most")
                    .after(STREAMS_STAY)
                    .toResponse(request.headers());
        }
        context.clearRequestTimeout();
        String lastSeen = request.headers().get("last-event-id", "");
        HttpResponseWriter writer = HttpResponse.streaming();
        Listener listener = new Listener(Visitor.reach(context), Visitor.stillIn(context));
        Thread.ofVirtual()
                .name("console-stream-" + started.incrementAndGet())
                .start(() -> run(writer, listener, StreamPosition.parse(lastSeen), !lastSeen.isEmpty()));
        return writer;
    }

    private void run(HttpResponseWriter writer, Listener listener, @Nullable StreamPosition seen, boolean wasSent) {
        feed.open();
        try {
            writer.write(ResponseHeaders.builder(HttpStatus.OK)
                    .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8")
                    .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                    .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
                    .set("x-accel-buffering", "no")
                    .build());
            follow(writer, listener, greet(writer, listener.reach(), seen, wasSent));
            writer.close();
        } catch (TimeoutException e) {
            cut.incrementAndGet();
            LOG.debug("cut a stream that did not read for {}", settings.slowest());
            writer.close(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            writer.close();
        } catch (ExecutionException | CancellationException e) {
            LOG.debug("a stream's client went away");
            writer.close();
        } catch (RuntimeException e) {
            LOG.warn("a stream failed", e);
            writer.close(e);
        } finally {
            feed.left();
            open.decrementAndGet();
        }
    }

    private long greet(HttpResponseWriter writer, Reach reach, @Nullable StreamPosition seen, boolean wasSent)
            throws InterruptedException, ExecutionException, TimeoutException {
        ChangeFeed.Joined joined = feed.join(seen, reach);
        boolean isReset = joined.isReset() || (wasSent && seen == null);
        String hello = ChangeTexts.frame(
                isReset ? "reset" : "hello",
                seen == null || isReset ? joined.position() : seen,
                Json.object().put("now", time.wall().toString()));
        send(writer, "retry: 2000\n" + hello + String.join("", joined.missed()));
        return joined.number();
    }

    private void follow(HttpResponseWriter writer, Listener listener, long joinedAt)
            throws InterruptedException, ExecutionException, TimeoutException {
        long number = joinedAt;
        long begun = time.steadyNanos();
        long sent = begun;
        while (writer.isOpen()
                && !feed.isClosed()
                && time.steadyNanos() - begun < LONGEST.toNanos()
                && listener.stillIn().getAsBoolean()) {
            List<ChangeFeed.Frame> frames = feed.after(number, settings.heartbeat());
            if (frames == null) {
                throw new TimeoutException("fell behind by more than " + ChangeFeed.KEPT + " changes");
            }
            number = frames.isEmpty() ? number : frames.getLast().number();
            StringBuilder text = new StringBuilder();
            frames.stream()
                    .filter(frame -> frame.isSeen().test(listener.reach()))
                    .forEach(frame -> text.append(frame.text()));
            // Where others' things change all the time, a reader hears no more than that the line is alive.
            boolean isQuiet = time.steadyNanos() - sent >= settings.heartbeat().toNanos();
            if (text.isEmpty() && (frames.isEmpty() || isQuiet)) {
                text.append(": still here\n\n");
            }
            if (!text.isEmpty() && listener.stillIn().getAsBoolean()) {
                send(writer, text.toString());
                sent = time.steadyNanos();
            }
        }
    }

    /** Writes, and waits until it has left. */
    private void send(HttpResponseWriter writer, String text)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (!writer.tryWrite(HttpData.ofUtf8(text))) {
            throw new CancellationException("closed by the client");
        }
        writer.whenConsumed().get(settings.slowest().toMillis(), TimeUnit.MILLISECONDS);
    }
}
