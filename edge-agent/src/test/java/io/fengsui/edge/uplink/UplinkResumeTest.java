package io.fengsui.edge.uplink;

import static io.fengsui.edge.spool.TestingEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.link.Acknowledgement;
import io.fengsui.protocol.link.LanePosition;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.protocol.wire.WireEnvelopes;
import org.junit.jupiter.api.Test;

/** Where a session goes on, when both sides remember different things. */
class UplinkResumeTest extends TestingUplink {
    @Test
    void learnsFromTheWelcomeWhatALostAcknowledgementWouldHaveSaid() {
        hub.dropsAfterRecords = true;
        edge.put(event(Lane.URGENT, Phase.INSTANT), event(Lane.URGENT, Phase.INSTANT));
        edge.connect(hub.port());
        awaitAcknowledged(Lane.URGENT, 2);

        assertThat(hub.hellos).hasSizeGreaterThanOrEqualTo(2);
        assertThat(hub.sequences(Lane.URGENT)).isEqualTo(upTo(2));
    }

    @Test
    void sendsAgainToAHubThatWasRestoredFromABackup() {
        for (int i = 0; i < 10; i++) {
            edge.put(event(Lane.URGENT, Phase.INSTANT));
        }
        edge.connect(hub.port());
        awaitAcknowledged(Lane.URGENT, 10);
        LaneRecord fourth = hub.records(Lane.URGENT).get(3);
        hub.records(Lane.URGENT).clear();
        hub.positions.put(Lane.URGENT, new LanePosition(Lane.URGENT, 4, Sha256.of(fourth.prefixHash())));
        hub.drop();

        await().until(() -> hub.records(Lane.URGENT).size() == 6);
        assertThat(hub.sequences(Lane.URGENT)).containsExactly(5L, 6L, 7L, 8L, 9L, 10L);
        awaitAcknowledged(Lane.URGENT, 10);
    }

    @Test
    void reportsAForkAndSendsNothingWhenThePastDiffers() {
        edge.put(event(Lane.URGENT, Phase.INSTANT), event(Lane.URGENT, Phase.INSTANT));
        await().until(() -> edge.spool.lane(Lane.URGENT).last() == 2);
        Sha256 other = Sha256.hashOf(new byte[] {1});
        hub.positions.put(Lane.URGENT, new LanePosition(Lane.URGENT, 1, other));
        Uplink uplink = edge.connect(hub.port());

        await().until(() -> !hub.forks.isEmpty());
        assertThat(hub.forks.getFirst().hubHash()).isEqualTo(other);
        assertThat(hub.forks.getFirst().position()).isEqualTo(1);
        await().until(() -> uplink.state() == LinkState.FORKED || uplink.state() == LinkState.GREETING);
        assertThat(hub.records(Lane.URGENT)).isEmpty();
        assertThat(edge.spool.lane(Lane.URGENT).acknowledged()).isZero();
    }

    @Test
    void reportsAForkWhenTheHubHasWhatThisSpoolNeverWrote() {
        hub.positions.put(Lane.BULK, new LanePosition(Lane.BULK, 7, Sha256.hashOf(new byte[] {1})));
        edge.connect(hub.port());
        await().until(() -> !hub.forks.isEmpty());
        assertThat(hub.forks.getFirst().lane()).isEqualTo(Lane.BULK);
        assertThat(hub.forks.getFirst().ownHash().isNone()).isTrue();
    }

    @Test
    void survivesAHubThatAcknowledgesWhatWasNotSent() {
        edge.put(event(Lane.URGENT, Phase.INSTANT));
        edge.connect(hub.port());
        awaitAcknowledged(Lane.URGENT, 1);
        hub.say(WireEnvelopes.fromHub(new Acknowledgement(Lane.URGENT, edge.spool.epoch(), 99)));
        await().until(() -> hub.hellos.size() >= 2);
        edge.put(event(Lane.URGENT, Phase.INSTANT));
        awaitAcknowledged(Lane.URGENT, 2);
        assertThat(hub.sequences(Lane.URGENT)).isEqualTo(upTo(2));
    }
}
