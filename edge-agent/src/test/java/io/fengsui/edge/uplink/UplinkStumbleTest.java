package io.fengsui.edge.uplink;

import static io.fengsui.edge.spool.TestingEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import org.junit.jupiter.api.Test;

/** Something of ours throws on the thread {@code uplink}. */
class UplinkStumbleTest extends TestingUplink {
    private double failures() {
        return edge.meters.get("edge_uplink_failures_total").counter().count();
    }

    @Test
    void aHelloThatCannotBeMadeIsTriedAgain() {
        edge.hellosToBreak.set(2);
        edge.put(event(Lane.URGENT, Phase.INSTANT));
        edge.connect(hub.port());
        awaitAcknowledged(Lane.URGENT, 1);
        assertThat(failures()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aHeartbeatThatCannotBeMadeIsNotTheLast() {
        Uplink uplink = edge.connect(hub.port());
        await().until(() -> !hub.heartbeats.isEmpty());
        edge.momentsToBreak.set(1);
        await().until(() -> edge.momentsToBreak.get() == 0);
        int before = hub.heartbeats.size();
        await().until(() -> hub.heartbeats.size() > before);
        assertThat(hub.hellos).as("it begins anew").hasSizeGreaterThanOrEqualTo(2);
        assertThat(failures()).isEqualTo(1);
        await().until(() -> uplink.state() == LinkState.CONNECTED);
    }
}
