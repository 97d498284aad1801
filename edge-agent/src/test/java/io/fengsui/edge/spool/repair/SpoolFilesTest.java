package io.fengsui.edge.spool.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolFilesTest {
    @TempDir
    Path directory;

    private Path file;
    private SpoolFiles files;

    @BeforeEach
    void original() throws IOException {
        file = Files.writeString(directory.resolve("spool.db"), "0");
        files = new SpoolFiles(file);
    }

    private void exchange(int build, boolean isUnsent) throws IOException {
        Files.writeString(files.building(), Integer.toString(build));
        files.exchange(isUnsent);
        assertThat(file).hasContent(Integer.toString(build));
    }

    private List<String> asides() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            List<String> contents = new ArrayList<>();
            for (Path path : all.sorted().toList()) {
                if (path.getFileName().toString().matches("spool-damaged-\\d+\\.db")) {
                    contents.add(Files.readString(path));
                }
            }
            return contents;
        }
    }

    @Test
    void theOriginalStaysUntilWhatWasRebuiltIsVerified() throws Exception {
        for (int build = 1; build <= 20; build++) {
            exchange(build, false);
            assertThat(asides()).contains("0").hasSizeLessThanOrEqualTo(5);
        }
        files.prune();
        assertThat(asides()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void whatHoldsRecordsThatAreInNoOtherFileIsGivenUpLast() throws Exception {
        exchange(1, true);
        exchange(2, false);
        assertThat(files.removeOldestAside()).isTrue();
        assertThat(files.removeOldestAside()).isFalse();
        assertThat(asides()).containsExactly("0");
        assertThat(files.removeOldestUnsent()).isTrue();
        try (Stream<Path> all = Files.list(directory)) {
            assertThat(all).containsExactly(file);
        }
    }

    @Test
    void theMarkBearsTheNumberOfItsFileAlsoWhereAnotherMadePlaceForIt() throws Exception {
        for (int build = 1; build <= 5; build++) {
            exchange(build, false);
        }
        exchange(6, true);
        assertThat(directory.resolve("spool-damaged-5.db")).hasContent("5");
        assertThat(directory.resolve("spool-damaged-5.db-unsent")).exists();
        assertThat(directory.resolve("spool-damaged-6.db-unsent")).doesNotExist();
    }

    @Test
    void aFileWhoseLogWasNotWrittenBackIsNotTakenIntoUse() throws Exception {
        Files.writeString(directory.resolve("spool-building.db-wal"), "records");
        Files.writeString(files.building(), "1");
        assertThatThrownBy(() -> files.exchange(false)).isInstanceOf(IOException.class);
        assertThat(file).hasContent("0");
    }
}
