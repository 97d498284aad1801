package io.fengsui.edge.uplink;

import static io.fengsui.edge.spool.TestingEvents.NOON;
import static io.fengsui.edge.spool.TestingEvents.event;
import static io.fengsui.edge.spool.TestingEvents.sized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.link.Acknowledgement;
import io.fengsui.protocol.link.CameraInfo;
import io.fengsui.protocol.link.LanePosition;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.link.Order;
import io.fengsui.protocol.link.Refusal;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.protocol.wire.PrefixHash;
import io.fengsui.protocol.wire.WireEnvelopes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class UplinkTest {
    @TempDir
    Path directory;

    private ScriptedHub hub;
    private TestingEdge edge;

    @BeforeEach
    void start() throws IOException {
        hub = new ScriptedHub();
        edge = new TestingEdge(directory);
    }

    @AfterEach
    void stop() {
        edge.close();
        hub.close();
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private void awaitAcknowledged(Lane lane, long position) {
        await().until(() -> edge.spool.lane(lane).acknowledged() == position);
    }

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
    void waitsAsLongAsARefusingHubAsksBeforeItComesAgain() {
        hub.refusal = new Refusal(Refusal.Cause.OVERLOADED, "full", "", Duration.ofSeconds(1));
        Uplink uplink = edge.connect(hub.port());
        await().until(() -> uplink.state() == LinkState.REFUSED);
        assertThat(uplink.detail()).contains("OVERLOADED").contains("full");
        await().until(() -> hub.hellos.size() >= 2);
        assertThat(hub.helloNanos.get(1) - hub.helloNanos.get(0)).isGreaterThan(900_000_000L);
        hub.refusal = null;
        edge.put(event(Lane.URGENT, Phase.INSTANT));
        awaitAcknowledged(Lane.URGENT, 1);
    }

    @Test
    void triesAgainAtEverLongerIntervalsWhileNobodyIsThere() {
        int port = hub.port();
        hub.close();
        await().until(hub.server::isTerminated);
        UplinkSettings.Timing slow = new UplinkSettings.Timing(
                Duration.ofSeconds(600), Duration.ofSeconds(600), Duration.ofSeconds(5), Duration.ofSeconds(10));
        edge.connect(new UplinkSettings("localhost", port, UplinkSettings.Security.PLAINTEXT, slow), null);
        await().until(() ->
                edge.meters.get("edge_uplink_attempts_total").counter().count() >= 1);
        for (int i = 0; i < 200; i++) {
            edge.put(event(Lane.URGENT, Phase.INSTANT));
        }
        await().until(() -> edge.spool.lane(Lane.URGENT).last() == 200);
        assertThat(edge.meters.get("edge_uplink_attempts_total").counter().count())
                .isEqualTo(1);
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

    @Test
    void comesBackToAHubThatWasStartedAgain() throws IOException {
        edge.put(event(Lane.URGENT, Phase.INSTANT));
        edge.connect(hub.port());
        awaitAcknowledged(Lane.URGENT, 1);
        for (int i = 0; i < 5; i++) {
            hub.drop();
            edge.put(event(Lane.URGENT, Phase.INSTANT));
            awaitAcknowledged(Lane.URGENT, i + 2);
        }
        assertThat(hub.sequences(Lane.URGENT).stream().distinct().toList()).isEqualTo(upTo(6));
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

    @Test
    void tellsOnceThatNobodyIsThereHoweverOftenItTries() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Uplink.class);
        Level before = logger.getLevel();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        try {
            int port = hub.port();
            hub.close();
            await().until(hub.server::isTerminated);
            edge.connect(port);
            await().until(() ->
                    edge.meters.get("edge_uplink_attempts_total").counter().count() >= 5);
        } finally {
            logger.detachAppender(log);
            logger.setLevel(before);
        }
        assertThat(List.copyOf(log.list))
                .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.INFO))
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("uplink is WAITING: UNAVAILABLE");
    }
}
