package io.fengsui.fieldsim.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.fieldsim.truth.TruthLine.LabelledBox;
import io.fengsui.protocol.value.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TruthLogTest {
    private static final Happening INTRUSION =
            new Happening("cam1-0", "camera", "cam1", "safety.intrusion", "spillway");
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path folder;

    @Test
    void givesBackWhatWasWritten() throws IOException {
        Path file = folder.resolve("deep/truth.jsonl");
        TruthLine begun = new TruthLine(
                INTRUSION,
                TruthLine.Phase.BEGUN,
                AT,
                2,
                List.of(new LabelledBox(1, "person", new Box(0.1f, 0.2f, 0.3f, 0.4f))));
        try (TruthLog log = new TruthLog(file)) {
            log.append(TruthLine.planned(INTRUSION, AT));
            log.append(begun);
            assertThat(Files.readString(file)).contains("\"label\":\"person\"", "\"viewers\":2");
            log.append(TruthLine.ended(INTRUSION, AT.plusSeconds(9)));
        }
        List<TruthLine> read = TruthLog.read(file);
        assertThat(read).hasSize(3);
        assertThat(read.get(1).happening()).isEqualTo(INTRUSION);
        assertThat(read.get(1).phase()).isEqualTo(TruthLine.Phase.BEGUN);
        assertThat(read.getFirst()).isEqualTo(TruthLine.planned(INTRUSION, AT));
        assertThat(read.getLast()).isEqualTo(TruthLine.ended(INTRUSION, AT.plusSeconds(9)));
    }

    @Test
    void namesTheLineThatIsNoTruth() throws IOException {
        Path file = Files.writeString(folder.resolve("truth.jsonl"), "{\"id\":\"x\"}\n");
        assertThatThrownBy(() -> TruthLog.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("truth.jsonl:1: ");
    }
}
