package io.fengsui.edge.spool;

import static io.fengsui.edge.spool.TestingEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.spool.store.Gap;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.edge.spool.store.SpoolStore;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Losses are counted while it is not known whether the transaction that has the earlier ones is on disk. */
class GapDeskTest {
    @TempDir
    private Path directory;

    @Test
    void whatIsLostWhileACommitIsInDoubtIsNotTakenForWrittenWithIt() throws Exception {
        GapDesk desk = new GapDesk();
        try (SpoolStore store = SpoolStore.lock(SpoolSettings.in(directory));
                SpoolWriter writer = store.openWithIndexes()) {
            desk.refused(event(Lane.URGENT, Phase.INSTANT));
            writer.begin(0, 0);
            desk.writeTo(writer, 0);
            writer.commit(1);
            desk.refused(event(Lane.URGENT, Phase.INSTANT));
            desk.untold(Severity.CRITICAL, 1);
            desk.committed(0);
            assertThat(desk.isEmpty()).isFalse();

            writer.begin(0, 0);
            desk.writeTo(writer, 0);
            writer.commit(2);
            desk.committed(0);
            assertThat(desk.isEmpty()).isTrue();
            assertThat(writer.gaps().untold())
                    .extracting(gap -> gap.why() + " " + gap.records())
                    .containsExactly(Gap.Why.REFUSED + " 2", Gap.Why.UNTOLD + " 1");
        }
    }

    @Test
    void aTransactionThatIsRolledBackHasWrittenNothing() throws Exception {
        GapDesk desk = new GapDesk();
        try (SpoolStore store = SpoolStore.lock(SpoolSettings.in(directory));
                SpoolWriter writer = store.openWithIndexes()) {
            desk.refused(event(Lane.URGENT, Phase.INSTANT));
            writer.begin(0, 0);
            desk.writeTo(writer, 0);
            desk.rolledBack();
            assertThat(desk.isEmpty()).isFalse();
        }
    }
}
