package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.protocol.Event;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Silence is an alarm: a box that is away gets a ticket, its open events are unconfirmed, and its return clears it. */
class HubSilenceTest extends TownTest {
    private static final String SILENT = "SELECT COUNT(*) FROM ticket WHERE kind = 'health.edge.silent'";

    @Test
    void raisesOneTicketForASilentEdgeAndClearsItsConditionOnReturn() {
        Event fire = town.begun("edge-1", "fire.smoke", "smoke");
        edge.record(fire);
        edge.serve(town.hub.port());
        edge.sendAll();
        edge.awaitAcknowledged();
        edge.disconnect();
        awaitGone();

        town.time.advance(Duration.ofSeconds(29));
        settle();
        assertThat(town.count(SILENT)).isZero();

        town.time.advance(Duration.ofSeconds(2));
        town.hub.tick();
        await().until(() -> town.count(SILENT) == 1);
        town.time.advance(Duration.ofSeconds(90));
        settle();
        assertThat(town.count(SILENT)).isOne();
        assertThat(town.one(String.class, "SELECT phase FROM event WHERE kind = 'fire.smoke'"))
                .isEqualTo("begun");
        assertThat(town.count("SELECT is_unconfirmed FROM event WHERE kind = 'fire.smoke'"))
                .isOne();

        assertThat(edge.serve(town.hub.port())).isTrue();
        edge.heartbeat(List.of(fire.id()));
        await().until(() -> town.count(SILENT + " AND condition_cleared_at IS NOT NULL AND category = 'open'") == 1);
        await().until(() -> town.count("SELECT is_unconfirmed FROM event WHERE kind = 'fire.smoke'") == 0);
    }

    @Test
    void keepsACameraAndItsEdgeApart() {
        edge.record(town.begun("edge-1", "health.camera.offline", "health.camera.offline/cam-1"));
        edge.serve(town.hub.port());
        edge.sendAll();
        edge.awaitAcknowledged();
        edge.disconnect();
        awaitGone();
        town.time.advance(Duration.ofSeconds(31));
        town.hub.tick();
        await().until(() -> town.count(SILENT) == 1);
        assertThat(town.count("SELECT COUNT(*) FROM ticket")).isEqualTo(2);
    }

    @Test
    void doesNotCallAnEdgeSilentThatSpeaks() {
        edge.serve(town.hub.port());
        for (int i = 0; i < 20; i++) {
            town.time.advance(Duration.ofSeconds(5));
            edge.heartbeat(List.of());
            town.hub.tick();
        }
        settle();
        assertThat(town.count(SILENT)).isZero();
    }

    @Test
    void findsAnEdgeSilentThatDidNotComeBackAfterTheHubWasAway() {
        edge.serve(town.hub.port());
        edge.disconnect();
        awaitGone();
        town.restart();
        town.time.advance(Duration.ofSeconds(31));
        town.hub.tick();
        await().until(() -> town.count(SILENT) == 1);
    }

    @Test
    void doubtsAnEventThatItsConnectedEdgeDoesNotNameAnyMore() {
        Event fire = town.begun("edge-1", "fire.smoke", "smoke");
        Event other = town.begun("edge-1", "water.leak", "leak");
        edge.record(fire);
        edge.record(other);
        edge.serve(town.hub.port());
        edge.sendAll();
        edge.awaitAcknowledged();
        for (int i = 0; i < 20; i++) {
            town.time.advance(Duration.ofSeconds(5));
            edge.heartbeat(List.of(fire.id(), other.id()));
            town.hub.tick();
        }
        settle();
        assertThat(unconfirmed()).isEmpty();

        for (int i = 0; i < 14; i++) {
            town.time.advance(Duration.ofSeconds(5));
            edge.heartbeat(List.of(other.id()));
            town.hub.tick();
        }
        settle();
        assertThat(unconfirmed()).containsExactly("fire.smoke");
        assertThat(town.one(String.class, "SELECT phase FROM event WHERE kind = 'fire.smoke'"))
                .isEqualTo("begun");
        assertThat(town.count("SELECT COUNT(*) FROM ticket WHERE condition_cleared_at IS NOT NULL"))
                .isZero();
        assertThat(town.count("SELECT COUNT(*) FROM ticket_fact WHERE kind = 'event-unconfirmed'"))
                .isOne();

        edge.heartbeat(List.of(fire.id(), other.id()));
        await().until(() -> unconfirmed().isEmpty());
    }

    @Test
    void doubtsTheOpenEventsOfAnEpochThatWasGivenUp() {
        edge.record(town.begun("edge-1", "fire.smoke", "smoke"));
        edge.serve(town.hub.port());
        edge.sendAll();
        edge.awaitAcknowledged();
        edge.disconnect();
        awaitGone();
        try (TestEdge fresh = new TestEdge("edge-1", town.time)) {
            fresh.epoch = "epoch-2";
            assertThat(fresh.serve(town.hub.port())).isTrue();
            assertThat(unconfirmed()).containsExactly("fire.smoke");
        }
    }

    private List<Object> unconfirmed() {
        return town.rows("SELECT kind FROM event WHERE is_unconfirmed = 1").stream()
                .map(row -> row.get("kind"))
                .toList();
    }

    private void awaitGone() {
        await().until(() -> town.count("SELECT connected FROM edge WHERE id = 'edge-1'") == 0);
    }

    /** Returns once everything that was due has been looked at: a command goes through the same ring. */
    private void settle() {
        town.hub.tick();
        town.settle();
    }
}
