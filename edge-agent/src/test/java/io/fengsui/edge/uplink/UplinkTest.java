package io.fengsui.edge.uplink;

import static io.fengsui.edge.spool.TestingEvents.NOON;
import static io.fengsui.edge.spool.TestingEvents.event;
import static io.fengsui.edge.spool.TestingEvents.sized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.link.CameraInfo;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.link.Order;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.protocol.wire.PrefixHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UplinkTest extends TestingUplink {
    @Test
    void deliversEveryRecordOnceAndInOrder() {
        for (int i = 0; i < 50; i++) {
            edge.put(event(Lane.URGENT, Phase.INSTANT), event(Lane.BULK, Phase.INSTANT));
        }
        edge.connect(hub.port());
        for (int i = 0; i < 50; i++) {
            edge.put(event(Lane.URGENT, Phase.INSTANT), event(Lane.BULK, Phase.INSTANT));
        }
        awaitAcknowledged(Lane.URGENT, 100);
        awaitAcknowledged(Lane.BULK, 100);

        assertThat(hub.sequences(Lane.URGENT)).isEqualTo(upTo(100));
        assertThat(hub.sequences(Lane.BULK)).isEqualTo(upTo(100));
        byte[] hash = PrefixHash.none();
        for (LaneRecord record : hub.records(Lane.BULK)) {
            hash = PrefixHash.next(hash, record.body());
            assertThat(record.prefixHash()).isEqualTo(hash);
        }
        assertThat(edge.meters.get("edge_uplink_connected").gauge().value()).isEqualTo(1);
        assertThat(edge.meters
                        .get("edge_uplink_acknowledged_records_total")
                        .tag("lane", "urgent")
                        .counter()
                        .count())
                .isEqualTo(100);
    }

    @Test
    void anUrgentRecordPassesABacklogThatFillsTheBulkWindow() {
        hub.acknowledges = false;
        hub.windowBytes = 20_000;
        for (int i = 0; i < 100; i++) {
            edge.put(sized(Lane.BULK, Phase.INSTANT, 1000));
        }
        edge.connect(hub.port());
        await().until(() -> !hub.records(Lane.BULK).isEmpty());
        edge.put(event(Lane.URGENT, Phase.INSTANT));
        await().until(() -> hub.records(Lane.URGENT).size() == 1);

        assertThat(hub.records(Lane.BULK).stream()
                        .mapToLong(r -> r.body().length)
                        .sum())
                .isLessThanOrEqualTo(20_000);
        assertThat(edge.spool.lane(Lane.BULK).acknowledged()).isZero();
    }

    @Test
    void carriesOutAnOrderOnceAndNoneThatExpired() {
        hub.clockOffset = Duration.ofHours(2);
        edge.connect(hub.port());
        await().until(() -> hub.hellos.size() == 1);
        // The edge's clock is two hours ahead of the hub's: at the edge this one ends at 14:01 and now is 12:00 + 2 h.
        edge.time.advance(Duration.ofHours(2));
        Order good = new Order(new UUID(0, 1), NOON.plusSeconds(60), new Order.Speak("horn", "水位上涨"));
        Order expired = new Order(new UUID(0, 2), NOON.minusSeconds(60), new Order.Reload());
        await().until(() -> hub.session != null
                && edge.meters.get("edge_uplink_connected").gauge().value() == 1);
        hub.order(good);
        await().until(() -> hub.receipts.size() == 1);
        hub.order(good);
        hub.order(expired);
        await().until(() -> hub.receipts.size() == 3);

        assertThat(edge.orders).containsExactly(good);
        assertThat(hub.receipts)
                .extracting(Order.Receipt::outcome)
                .containsExactlyInAnyOrder(Order.Outcome.DONE, Order.Outcome.ACCEPTED, Order.Outcome.EXPIRED);
    }

    @Test
    void heartbeatsNameTheOpenEvents() {
        Event open = event(Lane.URGENT, Phase.BEGUN);
        edge.put(open, event(Lane.URGENT, Phase.INSTANT));
        edge.connect(hub.port());
        await().until(() -> !hub.heartbeats.isEmpty());
        assertThat(hub.heartbeats.getLast().openEvents()).containsExactly(open.id());
    }

    @Test
    void showsTheTokenOfItsFileToTheHub() throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "s3cret-canary\n");
        UplinkSettings.Security security = new UplinkSettings.Security(true, null, token, null, null);
        Uplink uplink = edge.connect(new UplinkSettings("localhost", hub.port(), security, TestingEdge.QUICK), null);
        await().until(() -> !hub.hellos.isEmpty());
        assertThat(hub.authorizations).contains("Bearer s3cret-canary");
        assertThat(uplink.detail()).doesNotContain("canary");
    }

    @Test
    void greetsAgainWhenWhatItHasChangedAndLosesNothing() {
        edge.put(event(Lane.URGENT, Phase.INSTANT));
        Uplink uplink = edge.connect(hub.port());
        awaitAcknowledged(Lane.URGENT, 1);
        edge.cameras = List.of(new CameraInfo("pond", Name.NONE, Place.UNKNOWN, ""));
        uplink.greetAgain();
        uplink.greetAgain();
        for (int i = 0; i < 20; i++) {
            edge.put(event(Lane.URGENT, Phase.INSTANT));
        }
        await().until(() -> hub.hellos.size() == 2);
        awaitAcknowledged(Lane.URGENT, 21);
        assertThat(hub.hellos.get(0).inventory().cameras()).isEmpty();
        assertThat(hub.hellos.get(1).inventory().cameras()).isEqualTo(edge.cameras);
        assertThat(hub.sequences(Lane.URGENT).stream().distinct().toList()).isEqualTo(upTo(21));
        assertThat(hub.hellos).hasSize(2);
    }
}
