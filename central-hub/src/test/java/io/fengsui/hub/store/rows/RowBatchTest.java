package io.fengsui.hub.store.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.hub.shard.RowRefusedException;
import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.hub.store.HubDatabase;
import io.fengsui.hub.store.WriterSession;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More rows than are written at once. */
class RowBatchTest {
    private HubDatabase database;
    private WriterSession session;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = HubDatabase.open(new DatabaseSettings.SqliteFile(folder.resolve("hub.db")), 1);
        session = database.writer();
        session.handle().execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT NOT NULL, c INTEGER)");
        session.begin();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static void row(RowBatch batch, int a, String b) {
        batch.set("a", a).set("b", b).set("c", a % 2 == 0 ? null : a).add();
    }

    private long count(String sql) {
        return session.handle().createQuery(sql).mapTo(Long.class).one();
    }

    @Test
    void allRowsAreWrittenOnceAndInTheTransaction() {
        RowBatch batch = RowBatch.insert(session, "t");
        for (int i = 0; i < 1_000; i++) {
            row(batch, i, "row-" + i);
        }
        batch.write();
        batch.write();
        assertThat(count("SELECT COUNT(*) FROM t")).isEqualTo(1_000);
        assertThat(count("SELECT COUNT(*) FROM t WHERE b = 'row-' || a AND (c = a OR c IS NULL AND a % 2 = 0)"))
                .isEqualTo(1_000);

        RowBatch again = RowBatch.upsert(session, "t", "a");
        for (int i = 0; i < 300; i++) {
            row(again, i % 150, "again-" + i);
        }
        again.write();
        assertThat(count("SELECT COUNT(*) FROM t WHERE b LIKE 'again-%'")).isEqualTo(150);
        assertThat(count("SELECT COUNT(*) FROM t WHERE b = 'again-' || (a + 150)"))
                .as("the newest counts")
                .isEqualTo(150);

        session.discard();
        assertThat(count("SELECT COUNT(*) FROM t")).isZero();
    }

    @Test
    void rowsOfOtherColumnsAreNotWrittenByAnotherBatchsStatement() {
        for (int round = 0; round < 2; round++) {
            RowBatch whole = RowBatch.upsert(session, "t", "a");
            row(whole, 1, "whole");
            row(whole, 3, "whole");
            whole.write();
            RowBatch part = RowBatch.upsert(session, "t", "a");
            part.set("a", 1).set("b", "part").add();
            part.write();
        }
        assertThat(count("SELECT COUNT(*) FROM t WHERE a = 1 AND b = 'part' AND c = 1"))
                .isOne();
        assertThat(count("SELECT COUNT(*) FROM t WHERE a = 3 AND b = 'whole' AND c = 3"))
                .isOne();
    }

    @Test
    void rowsThatKeepTheOldOneAreNotWrittenByTheStatementOfThoseThatReplaceIt() {
        for (String word : new String[] {"first", "second"}) {
            RowBatch kept = RowBatch.insertNew(session, "t", "a");
            row(kept, 1, "new");
            kept.write();
            RowBatch replaced = RowBatch.upsert(session, "t", "a");
            row(replaced, 1, word);
            replaced.write();
            assertThat(count("SELECT COUNT(*) FROM t WHERE b = '" + word + "'")).isOne();
        }
    }

    @Test
    void rowsThatKeepAValueAreNotWrittenByTheStatementOfThoseThatDoNot() {
        for (int round = 0; round < 2; round++) {
            RowBatch any = RowBatch.upsert(session, "t", "a");
            any.set("a", 1).set("b", "any").set("c", round).add();
            any.write();
            RowBatch keeping = RowBatch.upsert(session, "t", "a").keeping("c");
            keeping.set("a", 1).set("b", "keeping").set("c", null).add();
            keeping.write();
            assertThat(count("SELECT COUNT(*) FROM t WHERE b = 'keeping' AND c = " + round))
                    .isOne();
            RowBatch same = RowBatch.upsert(session, "t", "a").onlySame("b");
            same.set("a", 1).set("b", "keeping").set("c", 5).add();
            same.write();
            assertThat(count("SELECT c FROM t WHERE a = 1")).isEqualTo(5);
        }
    }

    @Test
    void aRowThatTheDatabaseDoesNotTakeIsToldWhereverItStands() {
        for (int bad : new int[] {0, 200, 299}) {
            assertThatThrownBy(() -> {
                        RowBatch batch = RowBatch.insert(session, "t");
                        for (int i = 0; i < 300; i++) {
                            row(batch, i == bad ? -1 : i, "row");
                            if (i == bad) {
                                row(batch, -1, "the same key twice");
                            }
                        }
                        batch.write();
                    })
                    .as("row %d", bad)
                    .isInstanceOf(RowRefusedException.class);
            session.discard();
            session.begin();
        }
    }

    @Test
    void aRowThatBelongsToAnotherIsRefusedAndNotPassedOver() {
        RowBatch first = RowBatch.insert(session, "t");
        row(first, 1, "mine");
        first.write();
        session.commit();
        session.begin();
        RowBatch mine = RowBatch.upsert(session, "t", "a").onlySame("b");
        mine.set("a", 1).set("b", "mine").set("c", 7).add();
        row(mine, 2, "anybody's");
        mine.write();
        assertThat(count("SELECT c FROM t WHERE a = 1")).isEqualTo(7);
        RowBatch other = RowBatch.upsert(session, "t", "a").onlySame("b");
        row(other, 3, "other's");
        other.set("a", 1).set("b", "other's").set("c", 8).add();
        assertThatThrownBy(other::write).isInstanceOf(RowRefusedException.class);
    }

    @Test
    void rowsOfOtherColumnsAreRefused() {
        RowBatch batch = RowBatch.insert(session, "t");
        row(batch, 1, "first");
        assertThatThrownBy(() -> batch.set("b", "x")).hasMessageContaining("not where the first row has it");
        assertThatThrownBy(batch::add).hasMessageContaining("0 columns and not 3");
    }
}
