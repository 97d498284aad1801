package io.fengsui.edge.decide;

import static io.fengsui.edge.decide.DeciderTest.smoke;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fengsui.edge.camera.CameraState;
import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.decide.outlet.EventTap;
import io.fengsui.edge.decide.outlet.Outlets;
import io.fengsui.edge.track.TrackSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What throws while it decides costs no reading its acknowledgement, no alarm and no thread. */
class DeciderFailureTest {
    private final AtomicInteger acknowledged = new AtomicInteger();

    @Test
    void aReadingWhoseOutletThrowsIsKeptForPeopleAndAcknowledged() {
        List<Slot> slots = new CopyOnWriteArrayList<>();
        AtomicBoolean isBroken = new AtomicBoolean(true);
        try (Decider failing = decider(slots, _ -> throwIf(isBroken, new IllegalStateException("no speaker")))) {
            SimpleMeterRegistry meters = started(failing);
            failing.offer(smoke(1, acknowledged));
            await().untilAtomic(acknowledged, org.hamcrest.Matchers.is(1));
            Slot slot = slots.getFirst();
            assertThat(slot.quarantined()).singleElement().satisfies(kept -> {
                assertThat(kept.sensor()).isEqualTo("smoke-1");
                assertThat(kept.reason())
                        .isEqualTo("could not be decided: java.lang.IllegalStateException: no speaker");
                assertThat(new String(kept.payload(), StandardCharsets.UTF_8)).isEqualTo("smoke=1.0  GOOD");
            });
            assertThat(slot.events())
                    .as("what was decided of it is not lost")
                    .extracting(e -> e.kind().value())
                    .containsExactly("fire.smoke");
            assertThat(meters.get("edge_decide_quarantined").functionCounter().count())
                    .isEqualTo(1);
        }
    }

    /** A sensor may speak a hundred times a second, and a stack has a hundred lines. */
    @Test
    void whatFailsAgainAndAgainIsToldOnceAMinute() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Endurance.class);
        logger.addAppender(log);
        List<Slot> slots = new CopyOnWriteArrayList<>();
        AtomicBoolean isBroken = new AtomicBoolean(true);
        try (Decider failing = decider(slots, _ -> throwIf(isBroken, new IllegalStateException("no speaker")))) {
            SimpleMeterRegistry meters = started(failing);
            for (int i = 0; i < 5; i++) {
                failing.offer(smoke(i % 2, acknowledged));
            }
            await().untilAtomic(acknowledged, org.hamcrest.Matchers.is(5));
            assertThat(meters.get("edge_decide_failures").functionCounter().count())
                    .isGreaterThan(1);
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list)
                .filteredOn(line -> line.getFormattedMessage().startsWith("a sensor message could not"))
                .hasSize(1);
    }

    @Test
    void aReadingThatCannotEvenBeSentIsKeptForPeopleAndAcknowledged() {
        List<Slot> slots = new CopyOnWriteArrayList<>();
        Outlets outlets = new Outlets(
                slot -> {
                    if (!slot.events().isEmpty()) {
                        throw new IllegalStateException("cannot be taken");
                    }
                    slots.add(slot);
                    slot.afterCommit().forEach(Runnable::run);
                    return true;
                },
                _ -> {},
                _ -> {},
                new Random(1));
        try (Decider failing = decider(outlets)) {
            failing.start();
            failing.offer(smoke(1, acknowledged));
            await().untilAtomic(acknowledged, org.hamcrest.Matchers.is(1));
            assertThat(slots.getFirst().quarantined()).hasSize(1);
        }
    }

    @Test
    void anErrorEndsNeitherTheThreadNorTheNextAlarm() {
        List<Slot> slots = new CopyOnWriteArrayList<>();
        AtomicBoolean isBroken = new AtomicBoolean(true);
        try (Decider failing = decider(slots, _ -> throwIf(isBroken, new NoClassDefFoundError("gone")))) {
            SimpleMeterRegistry meters = started(failing);
            failing.onState("cam-1", CameraState.UNAUTHORIZED, "unauthorized", "");
            CompletableFuture<String> answer = failing.asked(_ -> {
                throw new StackOverflowError();
            });
            await().until(answer::isDone);
            assertThat(answer).isCompletedExceptionally();
            await().until(() ->
                    meters.get("edge_decide_failures").functionCounter().count() >= 2);
            isBroken.set(false);
            failing.offer(smoke(1, acknowledged));
            await().untilAtomic(acknowledged, org.hamcrest.Matchers.is(1));
            assertThat(slots.getLast().events())
                    .extracting(e -> e.kind().value())
                    .containsExactly("fire.smoke");
            assertThat(failing.progress().hasEnded()).isFalse();
        }
    }

    @Test
    void aQuestionThatCannotBeAnsweredIsAnsweredSo() {
        try (Decider decider = decider(new CopyOnWriteArrayList<>(), _ -> {})) {
            decider.start();
            CompletableFuture<String> answer = decider.asked(_ -> {
                throw new IllegalStateException("broken");
            });
            await().until(answer::isDone);
            assertThat(answer).isCompletedExceptionally();
            assertThat(decider.modes()).succeedsWithin(Duration.ofSeconds(20));
        }
    }

    private static SimpleMeterRegistry started(Decider decider) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        decider.bindTo(meters);
        decider.start();
        return meters;
    }

    private static void throwIf(AtomicBoolean isBroken, RuntimeException thrown) {
        if (isBroken.get()) {
            throw thrown;
        }
    }

    private static void throwIf(AtomicBoolean isBroken, Error thrown) {
        if (isBroken.get()) {
            throw thrown;
        }
    }

    private static Decider decider(List<Slot> slots, EventTap tap) {
        return decider(new Outlets(
                slot -> {
                    slots.add(slot);
                    slot.afterCommit().forEach(Runnable::run);
                    return true;
                },
                _ -> {},
                tap,
                new Random(1)));
    }

    private static Decider decider(Outlets outlets) {
        return new Decider(
                BenchRules.settings("cam-1"),
                BenchRules.rules(BenchRules.RULES),
                TrackSettings.DEFAULT,
                outlets,
                DeciderTest::now);
    }
}
