package io.fengsui.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosMainTest {
    @Test
    void takesOutTheLineThatARunWasWritingWhenItWasEnded(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("results.jsonl"), "{\"part\":\"a\"}\n{\"part\":\"b\"}\n{\"pa");
        assertThat(ChaosMain.wholeLines(file)).containsExactly("{\"part\":\"a\"}", "{\"part\":\"b\"}");
        assertThat(Files.readString(file)).endsWith("\"b\"}\n");
        assertThat(ChaosMain.wholeLines(file)).hasSize(2);
    }

    @Test
    void hasNothingWhereNoLineIsWhole(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("results.jsonl"), "{\"pa");
        assertThat(ChaosMain.wholeLines(file)).isEmpty();
        assertThat(file).isEmptyFile();
    }
}
