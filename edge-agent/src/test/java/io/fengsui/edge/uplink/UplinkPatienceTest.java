package io.fengsui.edge.uplink;

import static io.fengsui.edge.spool.TestingEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.link.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** How often an edge tries a hub that is not there or says no. */
class UplinkPatienceTest extends TestingUplink {
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
