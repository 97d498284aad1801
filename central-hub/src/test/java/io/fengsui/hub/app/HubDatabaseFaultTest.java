package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.EvidenceChunk;
import io.fengsui.protocol.link.EvidenceOffer;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.protocol.wire.WireEvidence;
import io.fengsui.protocol.wire.v1.EvidenceReceipt;
import io.fengsui.protocol.wire.v1.EvidenceUpload;
import io.fengsui.protocol.wire.v1.FromHub;
import io.fengsui.protocol.wire.v1.RefusalReason;
import io.grpc.stub.StreamObserver;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The database fails under the hub, for real: a trigger in the file raises. Afterwards everything is there once. */
class HubDatabaseFaultTest extends TownTest {
    @ParameterizedTest
    @CsvSource({"journal, ABORT", "event, ROLLBACK", "lane_position, ABORT", "ticket_fact, ROLLBACK", "change, FAIL"})
    void commitsEverythingOnceAfterTheDatabaseFailed(String table, String how) throws Exception {
        edge.record(town.begun("edge-1", "safety.intrusion", "before"));
        edge.serve(town.hub.port());
        edge.sendAll();
        edge.awaitAcknowledged();

        assertThat(town.count("SELECT COUNT(*) FROM ticket")).isOne();
        breakInserts(table, how);
        for (int i = 0; i < 20; i++) {
            edge.record(town.begun("edge-1", "safety.intrusion", "during/" + i));
        }
        edge.send(Lane.URGENT, 1);
        if (table.equals("ticket_fact") && town.hub.shards().all().size() > 1) {
            // The edge's writer works: what it acknowledged waits for the one of tickets.
            edge.awaitAcknowledged();
            await().atMost(Duration.ofSeconds(10)).until(() -> town.hub.shards().isFailing());
        } else {
            assertThat(edge.await(FromHub::hasRefusal).getRefusal().getReason())
                    .isEqualTo(RefusalReason.REFUSAL_REASON_OVERLOADED);
            assertThat(edge.acknowledged(Lane.URGENT)).isOne();
            assertThat(town.count("SELECT COUNT(*) FROM event")).isOne();
            assertThat(town.count("SELECT position FROM lane_position WHERE lane = 'urgent'"))
                    .isOne();
        }
        assertThat(town.count("SELECT COUNT(*) FROM ticket")).isOne();

        mend();
        edge.disconnect();
        assertThat(edge.serve(town.hub.port())).isTrue();
        edge.sendAll();
        edge.awaitAcknowledged();
        town.hub.tick();
        assertThat(edge.acknowledged(Lane.URGENT)).isEqualTo(21);
        assertThat(town.count("SELECT position FROM lane_position WHERE lane = 'urgent'"))
                .isEqualTo(21);
        for (String rows : new String[] {"event", "ticket", "ticket_fact", "incident"}) {
            assertThat(town.count("SELECT COUNT(*) FROM " + rows)).as(rows).isEqualTo(21);
        }
        assertThat(town.count("SELECT COUNT(*) FROM journal WHERE kind = 'record'"))
                .isEqualTo(21);
        assertThat(
                        town.count(
                                "SELECT SUM(missing) FROM (SELECT MAX(\"offset\") - COUNT(*) AS missing FROM journal GROUP BY shard) AS of_shards"))
                .isZero();
        assertThat(
                        town.count(
                                "SELECT SUM(missing) FROM (SELECT MAX(\"offset\") - COUNT(*) AS missing FROM change GROUP BY shard) AS of_shards"))
                .isZero();
        assertThat(town.count("SELECT COUNT(*) FROM quarantine")).isZero();
    }

    @Test
    void keepsTheGoodbyeOfAnEdgeUntilTheDatabaseWritesAgain() throws Exception {
        edge.serve(town.hub.port());
        assertThat(town.count("SELECT connected FROM edge")).isOne();
        breakInserts("journal", "ABORT");
        edge.disconnect();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> town.hub.shards().sum(one -> one.counts().leftOverInputs()) == 1);
        assertThat(town.hub.shards().isFailing()).isTrue();
        assertThat(town.count("SELECT connected FROM edge")).isOne();
        mend();
        town.hub.tick();
        await().until(() -> town.count("SELECT connected FROM edge") == 0);
        assertThat(town.count("SELECT COUNT(*) FROM journal WHERE kind = 'goodbye'"))
                .isOne();
        assertThat(town.hub.shards().sum(one -> one.counts().leftOverInputs())).isZero();
        assertThat(town.hub.shards().sum(one -> one.counts().lostInputs())).isZero();
    }

    @Test
    void saysThatEvidenceIsCompleteOnceItsRowIsCommittedAfterAll() throws Exception {
        Event event = town.begun("edge-1", "safety.intrusion", "gate");
        edge.record(event);
        edge.serve(town.hub.port());
        edge.sendAll();
        edge.awaitAcknowledged();
        breakInserts("evidence", "ABORT");
        BlockingQueue<EvidenceReceipt> receipts = upload(event, new byte[] {1, 2, 3});
        await().atMost(Duration.ofSeconds(10))
                .until(() -> town.hub.shards().sum(one -> one.counts().leftOverInputs()) == 1);
        assertThat(receipts).noneMatch(EvidenceReceipt::getComplete);
        mend();
        town.hub.tick();
        await().until(() -> receipts.stream().anyMatch(EvidenceReceipt::getComplete));
        assertThat(town.one(String.class, "SELECT state FROM evidence")).isEqualTo("ready");
    }

    private BlockingQueue<EvidenceReceipt> upload(Event event, byte[] picture) {
        BlockingQueue<EvidenceReceipt> receipts = new LinkedBlockingQueue<>();
        StreamObserver<EvidenceUpload> upload = edge.upload(receipts);
        UUID id = new UUID(0x0192_0000_0000_7000L, 0x8000_0000_0000_0001L);
        upload.onNext(WireEvidence.toMessage(
                new EvidenceOffer("edge-1", event.id(), id, "image/jpeg", Sha256.hashOf(picture), picture.length)));
        upload.onNext(WireEvidence.toMessage(new EvidenceChunk(id, 0, picture)));
        return receipts;
    }

    @Test
    void setsAsideOneInputWhoseRowTheDatabaseRefuses() throws Exception {
        execute("CREATE UNIQUE INDEX poison ON event (dedup_key) WHERE dedup_key = 'poison'");
        edge.record(town.begun("edge-1", "safety.intrusion", "poison"));
        for (int i = 0; i < 10; i++) {
            edge.record(town.begun("edge-1", "safety.intrusion", "good/" + i));
        }
        edge.record(town.begun("edge-1", "safety.intrusion", "poison"));
        edge.record(town.begun("edge-1", "safety.intrusion", "last"));
        edge.serve(town.hub.port());
        edge.sendAll();
        edge.awaitAcknowledged();
        assertThat(edge.acknowledged(Lane.URGENT)).isEqualTo(13);
        assertThat(town.count("SELECT COUNT(*) FROM event")).isEqualTo(12);
        assertThat(town.count("SELECT COUNT(*) FROM ticket")).isEqualTo(12);
        assertThat(town.count("SELECT COUNT(*) FROM quarantine")).isOne();
        assertThat(
                        town.count(
                                "SELECT sequence FROM journal WHERE kind = 'record' AND \"offset\" = (SELECT \"offset\" FROM quarantine)"))
                .isEqualTo(12);
        assertThat(town.hub.shards().sum(one -> one.counts().quarantinedInputs()))
                .isOne();
    }

    void breakInserts(String table, String how) throws SQLException {
        execute("CREATE TRIGGER fault BEFORE INSERT ON \"" + table + "\" BEGIN SELECT RAISE(" + how
                + ", 'the disk is broken'); END");
    }

    void mend() throws SQLException {
        execute("DROP TRIGGER fault");
    }

    /** As another process would. */
    void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String url() {
        return "jdbc:sqlite:" + data.resolve("hub.db") + "?busy_timeout=5000";
    }
}
