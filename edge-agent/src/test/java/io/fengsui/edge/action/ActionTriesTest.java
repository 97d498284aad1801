package io.fengsui.edge.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.fengsui.edge.decide.ActionWord;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Place;
import io.fengsui.runtime.ManualTimeSource;
import io.fengsui.settings.Secret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Retries, confirmations and calls, with a server on loopback. */
class ActionTriesTest {
    private static final Instant NOON = Instant.parse("2026-11-21T04:05:00Z");

    private final ManualTimeSource time = new ManualTimeSource(NOON);
    private final List<ActionWord> words = new CopyOnWriteArrayList<>();
    private final AtomicInteger published = new AtomicInteger();
    private final BrokerPublisher connections = new BrokerPublisher();

    private ActionRunner runner(Deed deed, int tries, Publisher publisher) {
        ActionRunner runner = new ActionRunner(time, ZoneOffset.UTC, new SimpleMeterRegistry(), connections, publisher);
        runner.tellTo(words::add);
        runner.apply(
                List.of(new ActionSettings(
                        "speak",
                        List.of("water.*", "action.*"),
                        Severity.INFO,
                        deed,
                        "{place} {value}",
                        new ActionSettings.Effort(Duration.ZERO, tries, Duration.ofSeconds(2)))),
                List.of());
        runner.start();
        return runner;
    }

    private static Event event(String kind) {
        Moment moment = new Moment(NOON, ClockQuality.SYNCED, "boot", 1);
        return new Event(
                EventId.make(NOON, new SplittableRandom(1)),
                1,
                Phase.BEGUN,
                new EventKind(kind),
                Severity.MAJOR,
                Lane.URGENT,
                new Event.Origin("edge-1", "village", Source.sensor("level-1"), "", Place.UNKNOWN),
                new Event.Times(moment, moment, Duration.ZERO),
                Event.Cause.NONE,
                "key",
                Map.of("value", "3.2"),
                List.of(),
                List.of(),
                List.of(),
                Event.Marks.NONE);
    }

    private List<String> told() {
        return words.stream().map(w -> w.code() + " " + w.attempts()).toList();
    }

    /** Lets virtual time pass until something was told. */
    private void untilTold() {
        await().pollInterval(Duration.ofMillis(20)).until(() -> {
            time.advance(Duration.ofMillis(500));
            return !words.isEmpty();
        });
    }

    @Test
    void whatFailsIsTriedAgainAndToldOnce() {
        Deed deed = new Deed.Publish("village", "speaker/1", "", Duration.ZERO);
        try (ActionRunner runner = runner(deed, 3, (broker, topic, payload) -> {
            if (published.incrementAndGet() < 3) {
                throw new IllegalStateException("no broker");
            }
        })) {
            runner.onEvent(event("water.high"));
            untilTold();
            assertThat(told()).containsExactly("done 3");
        }
    }

    @Test
    void whatFailsForGoodIsToldAsFailed() {
        Deed deed = new Deed.Publish("village", "speaker/1", "", Duration.ZERO);
        try (ActionRunner runner = runner(deed, 2, (broker, topic, payload) -> {
            throw new IllegalStateException("no broker");
        })) {
            runner.onEvent(event("water.high"));
            untilTold();
            assertThat(told()).containsExactly("failed 2");
            assertThat(words.getFirst().isDone()).isFalse();
        }
    }

    @Test
    void aDeviceThatDoesNotConfirmIsToldAgainAndThenGivenUp() {
        Deed deed = new Deed.Publish("village", "speaker/1", "speaker/1/done", Duration.ofSeconds(3));
        try (ActionRunner runner = runner(deed, 2, (broker, topic, payload) -> published.incrementAndGet())) {
            runner.onEvent(event("water.high"));
            untilTold();
            assertThat(told()).containsExactly("unconfirmed 2");
            assertThat(published).hasValue(2);
        }
    }

    @Test
    void aCallPostsTheEventWithItsTokenAndTakesNoOtherAnswerForYes() throws IOException {
        AtomicReference<String> posted = new AtomicReference<>("");
        AtomicInteger calls = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/alarms", exchange -> {
            posted.set(exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(calls.incrementAndGet() == 1 ? 503 : 204, -1);
            exchange.close();
        });
        server.start();
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/alarms");
        try (ActionRunner runner =
                runner(new Deed.Call(uri, Optional.of(Secret.of("t0ken"))), 3, (broker, topic, payload) -> {})) {
            runner.onEvent(event("water.high"));
            untilTold();
            assertThat(told()).containsExactly("done 2");
            assertThat(posted.get()).startsWith("Bearer t0ken {").contains("\"kind\":\"water.high\"");
            assertThat(words.toString()).doesNotContain("t0ken");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aPictureIsAskedForAndEventsOfActionsAreNoReasonToAct() {
        try (ActionRunner runner = runner(new Deed.Snapshot("gate"), 1, (broker, topic, payload) -> {})) {
            runner.onEvent(event("action.failed"));
            runner.onEvent(event("water.high"));
            untilTold();
            assertThat(words).extracting(ActionWord::camera).containsExactly("gate");
        }
    }

    @Test
    void theEndOfARaisedFrameRateIsToldOnceAndAsLateAsItWasRaisedLast() {
        Deed.FrameRate rate = new Deed.FrameRate("gate", 5, Duration.ofMinutes(2));
        try (ActionRunner runner = runner(rate, 1, (broker, topic, payload) -> {})) {
            runner.raiseBy(wanted -> "");
            runner.onEvent(event("water.high"));
            await().until(() -> told().equals(List.of("done 1")));
            time.advance(Duration.ofSeconds(90));
            runner.onEvent(event("water.high"));
            await().until(() -> told().equals(List.of("done 1", "done 1")));
            Instant raised = time.wall();
            await().pollInterval(Duration.ofMillis(20)).until(() -> {
                time.advance(Duration.ofSeconds(5));
                return words.size() > 2;
            });
            assertThat(time.wall()).isAfterOrEqualTo(raised.plus(rate.time()));
            assertThat(told()).containsExactly("done 1", "done 1", "returned 1");
            assertThat(words.getLast().isDone()).isTrue();
            assertThat(words.getLast().detail()).isEqualTo("camera gate is looked at as configured again");
            assertThat(words.getLast().cause()).isNotNull();
        }
    }

    @Test
    void aFrameRateIsRaisedAndToldOrRefusedAndTriedAgain() {
        Deed.FrameRate rate = new Deed.FrameRate("gate", 5, Duration.ofMinutes(2));
        AtomicInteger asked = new AtomicInteger();
        try (ActionRunner runner = runner(rate, 2, (broker, topic, payload) -> {})) {
            runner.raiseBy(wanted -> {
                assertThat(wanted).isEqualTo(rate);
                return asked.incrementAndGet() == 1 ? "8 cameras are looked at more often already" : "";
            });
            runner.onEvent(event("water.high"));
            untilTold();
            assertThat(told()).containsExactly("done 2");
            assertThat(words.getFirst().detail()).contains("camera gate", "5 times a second for 120 s");
        }
    }
}
