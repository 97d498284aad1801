package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.wire.v1.FromHub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An edge and the hub over real gRPC: what was said once, or three times, or while the hub died, is one ticket. */
class HubLinkTest extends TownTest {
    @Test
    void makesOneTicketOfAnEventAndAcknowledgesIt() {
        edge.record(town.begun("edge-1", "safety.intrusion", "intrusion/gate/person"));
        assertThat(edge.serve(town.hub.port())).isTrue();
        edge.sendAll();
        edge.awaitAcknowledged();
        assertThat(town.rows(
                        "SELECT id, state, category, title_zh, place_zh, grid, source_name_en, version FROM ticket"))
                .singleElement()
                .satisfies(ticket -> {
                    assertThat(ticket.get("id")).isEqualTo("20261121-0001");
                    assertThat(ticket.get("state")).isEqualTo("reported");
                    assertThat(ticket.get("category")).isEqualTo("open");
                    assertThat(ticket.get("title_zh")).isEqualTo("禁区有人停留：东门 gate");
                    assertThat(ticket.get("grid")).isEqualTo("140502-001");
                    assertThat(ticket.get("source_name_en")).isEqualTo("East gate camera");
                });
    }

    @Test
    void callsTheZoneByTheNameThatTheEdgeTells() {
        Event begun = town.begun("edge-1", "safety.intrusion", "named");
        edge.record(begun.next(
                Phase.UPDATED,
                begun.severity(),
                edge.now(),
                Map.of("zone.zh", "泄洪口禁区", "zone.en", "spillway zone"),
                List.of()));
        edge.serve(town.hub.port());
        edge.sendAll();
        edge.awaitAcknowledged();
        assertThat(town.rows("SELECT title_zh, title_en, zone, zone_zh, zone_en FROM ticket"))
                .singleElement()
                .satisfies(ticket -> {
                    assertThat(ticket.get("title_zh")).isEqualTo("禁区有人停留：东门 泄洪口禁区");
                    assertThat(ticket.get("title_en")).asString().endsWith("East gate spillway zone");
                    assertThat(ticket.get("zone")).isEqualTo("gate");
                    assertThat(ticket.get("zone_zh")).isEqualTo("泄洪口禁区");
                });
    }

    @Test
    void makesOneTicketHoweverOftenEverythingIsSentAgain() {
        for (int i = 0; i < 5; i++) {
            edge.record(town.begun("edge-1", "safety.intrusion", "rule/place-" + i + "/person"));
        }
        for (int replay = 0; replay < 3; replay++) {
            assertThat(edge.serve(town.hub.port())).isTrue();
            edge.sendAll();
            edge.sendAll();
            edge.awaitAcknowledged();
        }
        assertThat(town.count("SELECT COUNT(*) FROM ticket")).isEqualTo(5);
        assertThat(town.count("SELECT COUNT(*) FROM event")).isEqualTo(5);
        assertThat(town.count("SELECT COUNT(*) FROM journal WHERE kind = 'record'"))
                .isEqualTo(5);
        assertThat(town.count("SELECT COUNT(*) FROM ticket_fact")).isEqualTo(5);
    }

    @Test
    void takesTheHighestRevisionWhateverLaneComesFirst() {
        Event begun = town.begun("edge-1", "water.level.high", "level/river");
        Event ended = town.ended(begun);
        edge.record(Lane.BULK, ended);
        edge.record(Lane.URGENT, begun);
        edge.serve(town.hub.port());
        edge.send(Lane.BULK, 0);
        edge.await(FromHub::hasAcknowledgement);
        edge.send(Lane.URGENT, 0);
        edge.awaitAcknowledged();
        assertThat(town.one(String.class, "SELECT phase FROM event")).isEqualTo("ended");
        assertThat(town.count("SELECT revision FROM event")).isEqualTo(2);
        assertThat(town.count("SELECT COUNT(*) FROM ticket WHERE condition_cleared_at IS NOT NULL"))
                .isOne();
    }

    @Test
    void joinsWhatComesWithinTheWindowAndNotWhatComesAfterIt() {
        Event first = town.begun("edge-1", "safety.intrusion", "key");
        edge.record(first);
        edge.record(town.ended(first));
        town.time.advance(Duration.ofMinutes(9));
        Event second = town.begun("edge-1", "safety.intrusion", "key");
        edge.record(second);
        edge.record(town.ended(second));
        town.time.advance(Duration.ofMinutes(11));
        edge.record(town.begun("edge-1", "safety.intrusion", "key"));
        edge.serve(town.hub.port());
        edge.sendAll();
        edge.awaitAcknowledged();
        assertThat(town.rows("SELECT event_count FROM ticket ORDER BY id"))
                .extracting(row -> String.valueOf(row.get("event_count")))
                .containsExactly("2", "1");
    }

    @Test
    void goesOnWhereItStoodAfterARestart() {
        edge.record(town.begun("edge-1", "safety.intrusion", "a"));
        edge.serve(town.hub.port());
        edge.sendAll();
        edge.awaitAcknowledged();
        town.restart();
        edge.record(town.begun("edge-1", "safety.intrusion", "b"));
        edge.connect(town.hub.port());
        edge.hello();
        FromHub welcome = edge.await(FromHub::hasWelcome);
        assertThat(welcome.getWelcome().getPositionsList().getFirst().getPosition())
                .isOne();
        edge.send(Lane.URGENT, 1);
        edge.awaitAcknowledged();
        assertThat(town.count("SELECT COUNT(*) FROM ticket")).isEqualTo(2);
        assertThat(town.rows("SELECT id FROM ticket ORDER BY id"))
                .extracting(row -> row.get("id"))
                .containsExactly("20261121-0001", "20261121-0002");
    }

    @Test
    void acknowledgesNothingThatAKilledHubHasLost() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 40; i++) {
                edge.record(town.begun("edge-1", "safety.intrusion", "round-" + round + "/" + i));
            }
            edge.serve(town.hub.port());
            edge.sendAll();
            edge.await(FromHub::hasAcknowledgement);
            long told = edge.acknowledged(Lane.URGENT);
            town.killAndStart();
            assertThat(town.count("SELECT COALESCE(MAX(position), 0) FROM lane_position WHERE lane = 'urgent'"))
                    .isGreaterThanOrEqualTo((int) told);
        }
        edge.serve(town.hub.port());
        edge.sendAll();
        edge.awaitAcknowledged();
        assertThat(town.count("SELECT COUNT(*) FROM ticket")).isEqualTo(120);
        assertThat(town.count("SELECT COUNT(*) FROM event")).isEqualTo(120);
    }

    @Test
    void quarantinesARecordThatNothingCanBeMadeOfAndGoesOn() {
        edge.record(town.begun("edge-of-somebody-else", "safety.intrusion", "stolen"));
        edge.record(town.begun("edge-1", "safety.intrusion", "own"));
        edge.serve(town.hub.port());
        edge.sendAll();
        edge.awaitAcknowledged();
        assertThat(town.count("SELECT COUNT(*) FROM quarantine")).isOne();
        assertThat(town.rows("SELECT dedup_key FROM ticket"))
                .extracting(row -> row.get("dedup_key"))
                .containsExactly("own");
    }
}
