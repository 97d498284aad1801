package io.fengsui.benchmarks.chaos.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.benchmarks.chaos.oracle.Found;
import io.fengsui.benchmarks.chaos.oracle.Obligations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutopsyTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsThereTwiceDoesNotStandInForWhatIsLost() {
        Obligations.Book book =
                new Obligations.Book(Map.of("a", "1", "b", "2", "c", "3", "d", "4"), Set.of("a", "b", "c"));
        List<Found> found = List.of(
                new Found("a", "1"),
                new Found("a", "1"),
                new Found("b", "other"),
                new Found("d", "4"),
                new Found("e", "5"));
        assertThat(Autopsy.Tally.of(book, found)).isEqualTo(new Autopsy.Tally(1, 1, 2));
    }

    @Test
    void aSpoolThatNeverStartsIsNoSuccess() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        Autopsy autopsy = Autopsy.of(folder, open, Files.createDirectory(folder.resolve("early")));
        Path place = Files.createDirectory(folder.resolve("place"));
        Files.createDirectory(place.resolve("spool.db"));
        assertThat(autopsy.startAgain(place, "a folder for a database")).isFalse();
        assertThat(autopsy.outcome("G9", "bad-place", 1).isMet()).isFalse();
        assertThat(autopsy.outcome("G9", "bad-place", 1).note()).contains("2 starts failed", "did not start");
    }
}
