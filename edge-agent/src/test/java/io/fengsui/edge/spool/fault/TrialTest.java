package io.fengsui.edge.spool.fault;

import static io.fengsui.edge.spool.TestingEvents.NOON;
import static io.fengsui.edge.spool.TestingEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.edge.spool.store.Draft;
import io.fengsui.edge.spool.store.SpoolSchema;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.edge.spool.store.SpoolStore;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written on trial leaves no trace, whatever comes of it. */
class TrialTest {
    private static final List<String> TABLES =
            List.of("record", "live_event", "rule_state", "evidence", "quarantine", "taken_order", "gap");

    @TempDir
    private Path directory;

    private static long rows(SpoolWriter writer) throws SQLException {
        long rows = 0;
        for (String table : TABLES) {
            rows += SpoolSchema.number(writer.connection(), "SELECT count(*) FROM " + table);
        }
        return rows;
    }

    @Test
    void aTrialLeavesNoTraceAndTheTransactionGoesOn() throws SQLException {
        try (SpoolStore store = SpoolStore.lock(SpoolSettings.in(directory));
                SpoolWriter writer = store.open()) {
            writer.begin(NOON.toEpochMilli(), 0);
            writer.append(Draft.of(event(Lane.URGENT, Phase.INSTANT)));
            long before = rows(writer);
            byte[] hash = writer.head(Lane.URGENT).lastHash();
            Trial.ofAll(writer);
            assertThatThrownBy(() -> Trial.of(writer, trial -> {
                        trial.append(Draft.of(event(Lane.URGENT, Phase.BEGUN)));
                        trial.append(Draft.of(event(Lane.BULK, Phase.BEGUN)));
                        throw new IllegalStateException("half done");
                    }))
                    .hasMessage("half done");
            assertThat(rows(writer)).isEqualTo(before);
            assertThat(writer.head(Lane.URGENT).last()).isEqualTo(1);
            assertThat(writer.head(Lane.URGENT).lastHash()).isEqualTo(hash);
            assertThat(writer.head(Lane.BULK).last()).isZero();
            writer.append(Draft.of(event(Lane.URGENT, Phase.INSTANT)));
            writer.commit(1);
        }
        try (SpoolStore store = SpoolStore.lock(SpoolSettings.in(directory));
                SpoolWriter writer = store.open()) {
            assertThat(writer.head(Lane.URGENT).last()).isEqualTo(2);
            assertThat(writer.head(Lane.BULK).last()).isZero();
        }
    }

    /** What was tried may still be there then, and the lanes not where the disk has them: nothing of this writer may be committed. */
    @Test
    void whereWhatWasTriedCannotBeTakenBackTheStoreIsToBlame() throws SQLException {
        try (SpoolStore store = SpoolStore.lock(SpoolSettings.in(directory));
                SpoolWriter writer = store.open()) {
            writer.begin(NOON.toEpochMilli(), 0);
            assertThatThrownBy(() -> Trial.of(writer, trial -> {
                        trial.append(Draft.of(event(Lane.URGENT, Phase.BEGUN)));
                        SpoolSchema.run(trial.connection(), "RELEASE trial");
                        throw new IllegalStateException("half done");
                    }))
                    .satisfies(thrown -> assertThat(Fault.of(thrown)).isEqualTo(Fault.STORE));
            assertThatThrownBy(() -> Trial.of(writer, trial -> SpoolSchema.run(trial.connection(), "RELEASE trial")))
                    .satisfies(thrown -> assertThat(Fault.of(thrown)).isEqualTo(Fault.STORE));
        }
    }

    /** Figures of what was written count it not. */
    @Test
    void aTrialIsNoFlow() throws SQLException {
        try (SpoolStore store = SpoolStore.lock(SpoolSettings.in(directory));
                SpoolWriter writer = store.open()) {
            writer.begin(NOON.toEpochMilli(), 0);
            Trial.ofAll(writer);
            assertThat(writer.appendedBytes()).isZero();
        }
    }
}
