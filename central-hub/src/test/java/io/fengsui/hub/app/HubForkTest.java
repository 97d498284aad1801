package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.protocol.Lane;
import io.fengsui.protocol.wire.v1.FromHub;
import io.fengsui.protocol.wire.v1.RefusalReason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two boxes under one name, or a past that differs: nothing is believed, and it is an event of security. */
class HubForkTest extends TownTest {
    @Test
    void refusesAPrefixHashThatDoesNotFollowAndRaisesATicket() {
        edge.record(town.begun("edge-1", "safety.intrusion", "a"));
        edge.serve(town.hub.port());
        edge.sendAll();
        edge.awaitAcknowledged();
        edge.record(town.begun("edge-1", "safety.intrusion", "b"));
        edge.damageLast(Lane.URGENT);
        edge.send(Lane.URGENT, 1);
        FromHub refusal = edge.await(FromHub::hasRefusal);
        assertThat(refusal.getRefusal().getReason()).isEqualTo(RefusalReason.REFUSAL_REASON_FORK);
        assertThat(edge.acknowledged(Lane.URGENT)).isOne();
        awaitSecurityTicket();
        assertThat(town.count("SELECT COUNT(*) FROM ticket WHERE kind = 'safety.intrusion'"))
                .isOne();
    }

    @Test
    void aMessageSpoiltOnTheWayIsNoForkAndComesAgain() {
        edge.record(town.begun("edge-1", "safety.intrusion", "a"));
        edge.serve(town.hub.port());
        edge.sendAll();
        edge.awaitAcknowledged();
        edge.record(town.begun("edge-1", "safety.intrusion", "b"));
        edge.sendSpoilt(Lane.URGENT, 1);
        FromHub end = edge.await(message -> message.hasRefusal() || message.equals(FromHub.getDefaultInstance()));
        assertThat(end.hasRefusal()).isFalse();
        assertThat(edge.serve(town.hub.port())).isTrue();
        edge.send(Lane.URGENT, 1);
        edge.awaitAcknowledged();
        assertThat(town.count("SELECT COUNT(*) FROM ticket WHERE kind = 'safety.intrusion'"))
                .isEqualTo(2);
        assertThat(town.count("SELECT COUNT(*) FROM event WHERE kind LIKE 'security.%'"))
                .isZero();
    }

    @Test
    void refusesAGapAndAcknowledgesNothingBehindIt() {
        for (String key : List.of("a", "b", "c")) {
            edge.record(town.begun("edge-1", "safety.intrusion", key));
        }
        edge.serve(town.hub.port());
        edge.send(Lane.URGENT, 1);
        FromHub refusal = edge.await(FromHub::hasRefusal);
        assertThat(refusal.getRefusal().getReason()).isEqualTo(RefusalReason.REFUSAL_REASON_MALFORMED);
        assertThat(town.count("SELECT COUNT(*) FROM event")).isZero();
    }

    @Test
    void refusesBothBoxesThatShareOneSpoolUntilThereIsANewEpoch() {
        edge.record(town.begun("edge-1", "safety.intrusion", "a"));
        edge.serve(town.hub.port());
        edge.sendAll();
        edge.awaitAcknowledged();
        try (TestEdge copy = new TestEdge("edge-1", town.time)) {
            copy.fingerprint = "box-2";
            copy.record(town.begun("edge-1", "safety.intrusion", "other"));
            assertThat(copy.serve(town.hub.port())).isFalse();
            assertThat(edge.await(FromHub::hasRefusal).getRefusal().getReason())
                    .isEqualTo(RefusalReason.REFUSAL_REASON_FORK);
            awaitSecurityTicket();
            assertThat(edge.serve(town.hub.port())).isFalse();
            assertThat(town.count("SELECT COUNT(*) FROM event WHERE kind = 'safety.intrusion'"))
                    .isOne();
            TestEdge enrolled = new TestEdge("edge-1", town.time);
            enrolled.epoch = "epoch-2";
            assertThat(enrolled.serve(town.hub.port())).isTrue();
            enrolled.close();
        }
    }

    @Test
    void letsTheSameBoxTakeOverItsOwnConnection() {
        edge.serve(town.hub.port());
        try (TestEdge again = new TestEdge("edge-1", town.time)) {
            assertThat(again.serve(town.hub.port())).isTrue();
            again.record(town.begun("edge-1", "fire.smoke", "smoke"));
            again.sendAll();
            again.awaitAcknowledged();
        }
        assertThat(town.count("SELECT COUNT(*) FROM ticket")).isOne();
    }

    private void awaitSecurityTicket() {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> town.count("SELECT COUNT(*) FROM ticket WHERE kind = 'security.edge.fork'") == 1);
    }
}
