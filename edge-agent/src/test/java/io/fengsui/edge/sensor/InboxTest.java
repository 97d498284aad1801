package io.fengsui.edge.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Messages stay in their order, also when there are more than fit. */
class InboxTest {
    private static final Moment NOW = new Moment(Instant.EPOCH, ClockQuality.SYNCED, "boot", 0);

    private final Inbox inbox = new Inbox();

    private void offer(long epoch, int number) {
        inbox.offer(epoch, new Arrived("topic", new byte[0], number, false, NOW));
    }

    @Test
    void nothingOvertakesAMessageThatWasDropped() {
        long epoch = inbox.begin();
        int number = 1;
        for (; number <= Inbox.MAX_MESSAGES + 1; number++) {
            offer(epoch, number);
        }
        for (int taken = 1; taken <= 10; taken++) {
            assertThat(taken()).isEqualTo(taken);
        }
        offer(epoch, number);
        assertThat(inbox.dropped()).isEqualTo(2);
        assertThat(inbox.isLeftBehind()).isFalse();
        for (int taken = 11; taken <= Inbox.MAX_MESSAGES; taken++) {
            assertThat(taken()).isEqualTo(taken);
        }
        assertThat(inbox.pollMessage()).isNull();
        assertThat(inbox.isLeftBehind()).isTrue();
    }

    @Test
    void aNewConnectionTakesMessagesAgain() {
        long epoch = inbox.begin();
        for (int number = 1; number <= Inbox.MAX_MESSAGES + 1; number++) {
            offer(epoch, number);
        }
        long next = inbox.begin();
        offer(epoch, 5000);
        offer(next, 7);
        assertThat(inbox.isLeftBehind()).isFalse();
        assertThat(taken()).isEqualTo(7);
        assertThat(inbox.pollMessage()).isNull();
    }

    @Test
    void largeMessagesAreBoundedByTheirSize() {
        long epoch = inbox.begin();
        int most = (int) (Inbox.MAX_BYTES / Arrived.MAX_PAYLOAD);
        for (int number = 1; number <= most + 5; number++) {
            inbox.offer(epoch, new Arrived("topic", new byte[Arrived.MAX_PAYLOAD], number, false, NOW));
        }
        assertThat(inbox.depth()).isEqualTo(most);
        assertThat(inbox.dropped()).isEqualTo(5);
        for (int number = 1; number <= most; number++) {
            assertThat(taken()).isEqualTo(number);
        }
        assertThat(inbox.isLeftBehind()).isTrue();
        long next = inbox.begin();
        for (int number = 1; number <= most; number++) {
            inbox.offer(next, new Arrived("topic", new byte[Arrived.MAX_PAYLOAD], number, false, NOW));
        }
        assertThat(inbox.depth()).as("what was taken gave its room back").isEqualTo(most);
    }

    private boolean hasRoom(long epoch) throws InterruptedException {
        return inbox.awaitRoom(epoch, 1);
    }

    private long fill() {
        long epoch = inbox.begin();
        for (int number = 1; number <= Room.ENOUGH_MESSAGES; number++) {
            offer(epoch, number);
        }
        return epoch;
    }

    @Test
    void whoIsNearlyFullHasNoRoomUntilHalfIsTaken() throws Exception {
        long epoch = inbox.begin();
        for (int number = 1; number < Room.ENOUGH_MESSAGES; number++) {
            offer(epoch, number);
        }
        assertThat(hasRoom(epoch)).isTrue();
        offer(epoch, Room.ENOUGH_MESSAGES);
        assertThat(hasRoom(epoch)).isFalse();
        while (inbox.depth() > Room.ROOMY_MESSAGES) {
            assertThat(hasRoom(epoch)).isFalse();
            inbox.pollMessage();
        }
        assertThat(hasRoom(epoch)).isTrue();
        assertThat(inbox.waits()).isEqualTo(1 + Room.ENOUGH_MESSAGES - Room.ROOMY_MESSAGES);
        assertThat(inbox.dropped()).isZero();
    }

    @Test
    void largeMessagesLeaveNoRoomSooner() throws Exception {
        long epoch = inbox.begin();
        while (hasRoom(epoch)) {
            inbox.offer(epoch, new Arrived("topic", new byte[Arrived.MAX_PAYLOAD], 1, false, NOW));
        }
        // What Paho has read already still fits.
        for (int number = 1; number <= 20; number++) {
            inbox.offer(epoch, new Arrived("topic", new byte[Arrived.MAX_PAYLOAD + 1], number, false, NOW));
        }
        assertThat(inbox.dropped()).isZero();
    }

    @Test
    void aConnectionIsReadOnWhenNobodyTakesAnything() throws Exception {
        long epoch = fill();
        for (int wait = 1; wait <= Room.MAX_BARREN_WAITS; wait++) {
            assertThat(hasRoom(epoch)).isFalse();
        }
        assertThat(hasRoom(epoch)).isTrue();
        inbox.pollMessage();
        assertThat(hasRoom(epoch)).as("it is taken again").isFalse();
    }

    @Test
    void nothingThatEndsIsHeldBack() throws Exception {
        long epoch = fill();
        assertThat(hasRoom(epoch - 1)).as("an earlier connection").isTrue();
        assertThat(hasRoom(epoch)).isFalse();
        inbox.stop();
        assertThat(hasRoom(epoch)).isTrue();
    }

    @Test
    void whatOverflowedIsNotHeldBack() throws Exception {
        long epoch = fill();
        for (int number = 0; number <= Inbox.MAX_MESSAGES; number++) {
            offer(epoch, number + 1);
        }
        assertThat(hasRoom(epoch)).isTrue();
        assertThat(hasRoom(inbox.begin())).isTrue();
    }

    private int taken() {
        return Objects.requireNonNull(inbox.pollMessage()).packetId();
    }
}
