package io.fengsui.edge.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.runtime.ManualTimeSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionRunnerTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Instant NOON = Instant.parse("2026-11-21T04:05:00Z");

    private final ManualTimeSource time = new ManualTimeSource(NOON);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<String> said = new CopyOnWriteArrayList<>();

    private static Event event(String kind, Severity severity, Phase phase, String key) {
        Moment moment = new Moment(NOON, ClockQuality.SYNCED, "boot", 1);
        return new Event(
                EventId.make(NOON, new SplittableRandom(1)),
                phase == Phase.ENDED ? 2 : 1,
                phase,
                new EventKind(kind),
                severity,
                Lane.URGENT,
                new Event.Origin(
                        "edge-1",
                        "village",
                        Source.sensor("level-1"),
                        "",
                        new Place(new Name("河口", "river mouth"), "", null)),
                new Event.Times(moment, moment, Duration.ZERO),
                Event.Cause.NONE,
                key,
                Map.of("value", "3.2"),
                List.of(),
                List.of(),
                List.of(),
                Event.Marks.NONE);
    }

    private static ActionSettings flood() {
        return new ActionSettings(
                "speak",
                List.of("water.level.*"),
                Severity.MAJOR,
                "village",
                "speaker/1",
                "{time} {place}水位{value}米，请撤离。{nothing}",
                Duration.ofMinutes(5));
    }

    private ActionRunner runner(Publisher publisher) {
        ActionRunner runner = new ActionRunner(time, SHANGHAI, registry, new BrokerPublisher(), publisher);
        runner.apply(List.of(flood()), List.of());
        return runner;
    }

    private ActionRunner recording() {
        return runner((broker, topic, payload) ->
                said.add(broker + " " + topic + " " + new String(payload, StandardCharsets.UTF_8)));
    }

    private double count(ActionOutcome outcome) {
        return registry.get("edge.actions")
                .tag("outcome", outcome.name().toLowerCase(java.util.Locale.ROOT))
                .counter()
                .count();
    }

    @Test
    void speaksTheTextOfAnEventOnceWithinItsCoolDown() {
        try (ActionRunner runner = recording()) {
            runner.start();
            runner.onEvent(event("water.level.high", Severity.CRITICAL, Phase.BEGUN, "river"));
            runner.onEvent(event("water.level.high", Severity.CRITICAL, Phase.BEGUN, "river"));
            runner.onEvent(event("water.level.high", Severity.CRITICAL, Phase.BEGUN, "other river"));
            await().until(() -> count(ActionOutcome.DONE) + count(ActionOutcome.COOLING_DOWN) == 3);
            assertThat(said)
                    .containsExactly("village speaker/1 12:05 河口水位3.2米，请撤离。", "village speaker/1 12:05 河口水位3.2米，请撤离。");
            assertThat(count(ActionOutcome.COOLING_DOWN)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "water.level.high, MINOR, BEGUN",
        "water.level.high, CRITICAL, ENDED",
        "water.levels.high, CRITICAL, BEGUN",
        "fire.smoke, CRITICAL, BEGUN"
    })
    void leavesOtherEventsAlone(String kind, Severity severity, Phase phase) {
        try (ActionRunner runner = recording()) {
            runner.start();
            runner.onEvent(event(kind, severity, phase, "x"));
            assertThat(runner.speak("speak", "done")).isTrue();
            await().until(() -> !said.isEmpty());
            assertThat(said).containsExactly("village speaker/1 done");
            assertThat(runner.speak("none", "x")).isFalse();
        }
    }

    @Test
    void aLateWarningIsNotGivenAndAFullQueueDropsTheNewest() {
        ActionRunner runner = recording();
        for (int i = 0; i < ActionRunner.QUEUE + 3; i++) {
            runner.onEvent(event("water.level.high", Severity.CRITICAL, Phase.BEGUN, "river " + i));
        }
        assertThat(count(ActionOutcome.DROPPED)).isEqualTo(3);
        time.advance(ActionRunner.MAX_AGE.plusSeconds(1));
        try (runner) {
            runner.start();
            await().until(() -> count(ActionOutcome.EXPIRED) == ActionRunner.QUEUE);
        }
        assertThat(said).isEmpty();
    }

    @Test
    void aBrokerThatFailsDoesNotStopTheNextAction() {
        CountDownLatch second = new CountDownLatch(2);
        try (ActionRunner runner = runner((broker, topic, payload) -> {
            second.countDown();
            throw new IllegalStateException("no broker");
        })) {
            runner.start();
            runner.onEvent(event("water.level.high", Severity.CRITICAL, Phase.BEGUN, "a"));
            runner.onEvent(event("water.level.high", Severity.CRITICAL, Phase.BEGUN, "b"));
            await().until(() -> count(ActionOutcome.FAILED) == 2);
        }
        assertThat(second.getCount()).isZero();
    }

    @Test
    void anErrorEndsNeitherTheThreadNorTheNextAction() {
        AtomicBoolean isBroken = new AtomicBoolean(true);
        try (ActionRunner runner = runner((broker, topic, payload) -> {
            if (isBroken.getAndSet(false)) {
                throw new NoClassDefFoundError("gone");
            }
            said.add(topic);
        })) {
            runner.start();
            runner.onEvent(event("water.level.high", Severity.CRITICAL, Phase.BEGUN, "a"));
            runner.onEvent(event("water.level.high", Severity.CRITICAL, Phase.BEGUN, "b"));
            await().until(() -> count(ActionOutcome.FAILED) + count(ActionOutcome.DONE) == 2);
            assertThat(said).containsExactly("speaker/1");
            assertThat(runner.progress().hasEnded()).isFalse();
        }
    }

    @Test
    void whoeverIsToldAndThrowsEndsNoThread() {
        try (ActionRunner runner = recording()) {
            runner.tellTo(_ -> {
                throw new StackOverflowError();
            });
            runner.start();
            runner.onEvent(event("water.level.high", Severity.CRITICAL, Phase.BEGUN, "a"));
            runner.onEvent(event("water.level.high", Severity.CRITICAL, Phase.BEGUN, "b"));
            await().until(() -> said.size() == 2);
        }
    }
}
