package io.fengsui.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Place;
import io.fengsui.protocol.value.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventTest {
    private static final Instant NOON = Instant.parse("2026-11-21T04:00:00Z");
    private static final Moment BEGAN = new Moment(NOON, ClockQuality.SYNCED, "boot", 1_000);
    private static final Moment LATER = new Moment(NOON.plusSeconds(5), ClockQuality.SYNCED, "boot", 5_000_001_000L);

    private static Event begun() {
        return new Event(
                EventId.make(NOON, new SplittableRandom(1)),
                1,
                Phase.BEGUN,
                new EventKind("fire.smoke"),
                Severity.CRITICAL,
                Lane.URGENT,
                new Event.Origin("edge-1", "village", Source.sensor("smoke-1"), "", Place.UNKNOWN),
                new Event.Times(BEGAN, BEGAN, Duration.ZERO),
                Event.Cause.NONE,
                "smoke/smoke-1",
                Map.of("value", "1"),
                List.of(),
                List.of(Evidence.pending(new UUID(0, 1), "image/jpeg", BEGAN)),
                List.of(new Reason("rule", "threshold", "smoke = 1")),
                Event.Marks.NONE);
    }

    @Test
    void idsSortByTheTimeTheyWereMade() {
        EventId first = EventId.make(NOON, new SplittableRandom(9));
        EventId second = EventId.make(NOON.plusMillis(1), new SplittableRandom(3));
        assertThat(first).isLessThan(second);
        assertThat(first.value().version()).isEqualTo(7);
        assertThat(first.value().variant()).isEqualTo(2);
    }

    @Test
    void aNextRevisionKeepsWhenAndWhereItBegan() {
        Event ended = begun().next(Phase.ENDED, Severity.MAJOR, LATER, Map.of("value", "0"), List.of());
        assertThat(ended.revision()).isEqualTo(2);
        assertThat(ended.id()).isEqualTo(begun().id());
        assertThat(ended.times().occurred()).isEqualTo(BEGAN);
        assertThat(ended.times().revised()).isEqualTo(LATER);
        assertThat(ended.attributes()).containsEntry("value", "0");
    }

    @Test
    void evidenceThatBecomesReadyIsARevisionOfItsOwn() {
        Event withPicture = begun().withEvidence(
                        List.of(begun().evidence().getFirst().ready(Sha256.hashOf(new byte[] {1}), 1)), LATER);
        assertThat(withPicture.revision()).isEqualTo(2);
        assertThat(withPicture.phase()).isEqualTo(Phase.UPDATED);
        assertThat(withPicture.evidence().getFirst().state()).isEqualTo(EvidenceState.READY);
    }

    @Test
    void timeSinceUsesTheSteadyClockWithinABootSoThatAWallJumpDoesNotCount() {
        Moment jumped = new Moment(NOON.plusSeconds(86_400), ClockQuality.SYNCED, "boot", 2_000_001_000L);
        assertThat(jumped.since(BEGAN)).isEqualTo(Duration.ofSeconds(2));
        assertThat(new Moment(NOON.plusSeconds(7), ClockQuality.SYNCED, "other boot", 0).since(BEGAN))
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void refusesABoxOutsideThePictureAndClampsOnRequest() {
        assertThatThrownBy(() -> new Box(0, 0, 1.1f, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Box.clamped(-1, Float.NaN, 2, 0.5f)).isEqualTo(new Box(0, 0, 1, 0.5f));
    }

    @Test
    void refusesAKindThatIsNotDotted() {
        assertThatThrownBy(() -> new EventKind("smoke")).hasMessageContaining("joined by dots");
        assertThatThrownBy(() -> new EventKind("Fire.Smoke")).hasMessageContaining("joined by dots");
    }
}
