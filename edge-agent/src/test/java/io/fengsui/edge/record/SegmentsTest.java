package io.fengsui.edge.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Quality;
import io.fengsui.protocol.value.Reading;
import io.fengsui.rules.Finding.Change;
import io.fengsui.rules.RuleInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentsTest {
    private static final Instant START = Instant.parse("2026-05-01T08:00:00Z");

    @TempDir
    private Path folder;

    static Entry.Read reading(long second, double value) {
        Instant at = START.plusSeconds(second);
        Moment moment = new Moment(at, ClockQuality.SYNCED, "record", 0);
        return new Entry.Read(at, new Reading("river-1", "level", value, "m", Quality.GOOD, moment), false);
    }

    static Entry.Seen seen(long second) {
        Detection person = new Detection("person", 0.8f, Box.clamped(0.1f, 0.2f, 0.3f, 0.4f), 7);
        return new Entry.Seen(
                START.plusSeconds(second), "gate", new RuleInput.Sighting(List.of(person), Map.of(7L, 1.5)));
    }

    private void write(long maxBytes, Entry... entries) throws IOException {
        try (Segments segments = new Segments(folder, maxBytes)) {
            for (Entry entry : entries) {
                segments.append(entry.at(), EntryCodec.encode(entry));
            }
        }
    }

    private List<Entry> read(Instant from, int damaged) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (Segments segments = new Segments(folder, 1 << 20)) {
            assertThat(segments.read(from, entries::add).damaged()).isEqualTo(damaged);
        }
        return entries;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    @Test
    void readsWhatItWroteOverSeveralRuns() throws IOException {
        Entry found = new Entry.Found(START.plusSeconds(2), "r", "gate", Change.BEGUN, Severity.MAJOR);
        write(1 << 20, reading(0, 2.5), seen(1), found);
        write(1 << 20, reading(10, 2.6));
        assertThat(read(START, 0)).containsExactly(reading(0, 2.5), seen(1), found, reading(10, 2.6));
        assertThat(read(START.plusSeconds(2), 0)).containsExactly(found, reading(10, 2.6));
    }

    @Test
    void aCutSegmentGivesWhatIsWhole() throws IOException {
        write(1 << 20, reading(0, 1), reading(1, 2));
        Path file = files().getFirst();
        byte[] bytes = Files.readAllBytes(file);
        for (int length = Segments.MAGIC.length; length < bytes.length; length++) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThat(read(START, 0).size()).isLessThan(2);
        }
    }

    @Test
    void aDamagedSegmentDoesNotHurtTheNext() throws IOException {
        write(1 << 20, reading(0, 1), reading(1, 2));
        write(1 << 20, reading(10, 3));
        Path file = files().getFirst();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 3] ^= 1;
        Files.write(file, bytes);
        assertThat(read(START, 1)).contains(reading(10, 3)).doesNotContain(reading(1, 2));
        Files.writeString(file, "not a segment at all");
        assertThat(read(START, 1)).containsExactly(reading(10, 3));
    }

    @Test
    void manyShortRunsStayWithinTheBudgetToo() throws IOException {
        for (int i = 0; i < 40; i++) {
            write(1 << 17, reading(i, i));
        }
        assertThat(files()).as("each takes a block of the disk").hasSizeBetween(10, 32);
        assertThat(read(START, 0)).last().isEqualTo(reading(39, 39));
    }

    @Test
    void theOldestGiveWayAndAllStayWithinTheBudget() throws IOException {
        Entry[] many = IntStream.range(0, 40_000).mapToObj(i -> reading(i, i)).toArray(Entry[]::new);
        write(1 << 20, many);
        long bytes = 0;
        for (Path file : files()) {
            bytes += Files.size(file);
        }
        assertThat(bytes).isBetween(1L << 19, 1L << 20);
        List<Entry> left = read(START, 0);
        assertThat(left).last().isEqualTo(reading(39_999, 39_999));
        assertThat(left.getFirst()).isNotEqualTo(reading(0, 0));
    }
}
