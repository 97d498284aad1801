package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an edge tells after an outage of more than a day: kept, and nobody is sent for it but where it still burns. */
class HubLateTest extends TownTest {
    private static final String KIND = "traffic.stopped";
    private static final String TICKETS = "SELECT COUNT(*) FROM ticket WHERE kind = '" + KIND + "'";

    /** Begun and over while the hub was away. */
    private void outage(int happenings) {
        for (int i = 0; i < happenings; i++) {
            Event begun = town.begun("edge-1", KIND, "lane/" + i, Lane.BULK);
            edge.record(begun);
            edge.record(town.ended(begun));
        }
    }

    private void tellAfter(Duration outage) {
        town.time.advance(outage);
        edge.serve(town.hub.port());
        edge.sendAll();
        edge.awaitAcknowledged();
    }

    @Test
    void dayOldEventsAreKeptAndPageNobody() {
        outage(500);
        tellAfter(Duration.ofHours(25));
        assertThat(town.count("SELECT COUNT(*) FROM event WHERE kind = '" + KIND + "'"))
                .isEqualTo(500);
        assertThat(town.count(TICKETS)).isZero();
    }

    @Test
    @Tag("slow")
    void ninetySixThousandDayOldEventsPageNobody() {
        List<Event> happened = new ArrayList<>();
        for (int i = 0; i < 48_000; i++) {
            happened.add(town.begun("edge-1", KIND, "lane/" + i, Lane.BULK));
        }
        town.time.advance(Duration.ofHours(25));
        edge.serve(town.hub.port());
        for (int from = 0; from < happened.size(); from += 1_000) {
            for (Event begun : happened.subList(from, from + 1_000)) {
                edge.record(begun);
                edge.record(
                        begun.next(Phase.ENDED, begun.severity(), begun.times().revised(), Map.of(), List.of()));
            }
            edge.send(Lane.BULK, 2L * from);
            edge.awaitAcknowledged();
        }
        assertThat(town.count("SELECT COUNT(*) FROM event WHERE kind = '" + KIND + "'"))
                .isEqualTo(48_000);
        assertThat(town.count("SELECT COUNT(*) FROM ticket")).isZero();
        assertThat(town.count("SELECT COUNT(*) FROM outbox")).isZero();
    }

    @Test
    void eventsOfAnHourAgoAreStillSentFor() {
        outage(3);
        tellAfter(Duration.ofHours(1));
        assertThat(town.count(TICKETS)).isEqualTo(3);
    }

    @Test
    void whatStillStandsGetsItsTicketWhenItsEdgeSaysSo() {
        outage(20);
        Event stands = town.begun("edge-1", KIND, "lane/stands", Lane.BULK);
        edge.record(stands);
        tellAfter(Duration.ofHours(25));
        assertThat(town.count(TICKETS)).isZero();
        assertThat(town.count("SELECT is_unconfirmed FROM event WHERE event_id = '" + stands.id() + "'"))
                .isOne();

        edge.heartbeat(List.of(stands.id()));
        await().until(() -> {
            town.time.advance(Duration.ofSeconds(6));
            town.hub.tick();
            return town.count(TICKETS) == 1;
        });
        assertThat(town.one(String.class, "SELECT dedup_key FROM ticket WHERE kind = '" + KIND + "'"))
                .isEqualTo("lane/stands");
        assertThat(town.count("SELECT COUNT(*) FROM incident WHERE ticket_id IS NOT NULL"))
                .isOne();
        edge.record(town.ended(stands));
        edge.sendAll();
        edge.awaitAcknowledged();
        assertThat(town.count(TICKETS + " AND condition_cleared_at IS NOT NULL"))
                .isOne();
        assertThat(town.count(TICKETS)).isOne();
    }

    @Test
    void anUrgentClassIsSentForHoweverLate() {
        edge.record(town.begun("edge-1", "fire.smoke", "smoke"));
        tellAfter(Duration.ofHours(25));
        assertThat(town.count("SELECT COUNT(*) FROM ticket WHERE kind = 'fire.smoke'"))
                .isOne();
    }
}
