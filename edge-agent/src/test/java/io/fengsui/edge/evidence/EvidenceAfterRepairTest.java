package io.fengsui.edge.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.spool.store.EvidenceRow;
import io.fengsui.protocol.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceAfterRepairTest {
    @TempDir
    Path directory;

    @Test
    void aRebuiltSpoolThatHasLostItsRowsCostsNoPicture() throws Exception {
        try (EvidenceBench bench = new EvidenceBench(directory)) {
            Path folder = Files.createDirectories(directory.resolve("evidence").resolve("ab"));
            Path picture = Files.writeString(folder.resolve("ab".repeat(32)), "of an event that was in the spool");
            bench.stop();
            Files.write(directory.resolve("spool").resolve("spool.db"), new byte[64 << 10]);
            bench.open();
            assertThat(bench.spool.repaired().isClean()).isFalse();
            EvidenceStage stage = bench.begin(job -> CompletableFuture.failedFuture(new Exception("none")), 1 << 20, 4);
            // It takes requests when it has looked at what was left.
            Event event = bench.promise();
            stage.request(EvidenceBench.request(event));
            await().until(() -> bench.stateOf(event) == EvidenceRow.State.LOST);
            assertThat(picture).exists();
        }
    }
}
