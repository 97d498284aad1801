package io.fengsui.edge.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.rules.RuleInput;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
    @TempDir
    private Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private List<Entry> written() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (Segments segments = new Segments(folder, 64 << 20)) {
            assertThat(segments.read(SegmentsTest.reading(0, 0).at(), entries::add)
                            .damaged())
                    .isZero();
        }
        return entries;
    }

    private static RuleInput.Sample sample(int second) {
        return new RuleInput.Sample(SegmentsTest.reading(second, second).reading(), false);
    }

    @Test
    void writesAllThatWaitsWhenItCloses() throws IOException {
        Recorder recorder = new Recorder(new Segments(folder, 64 << 20), meters);
        for (int i = 0; i < Recorder.QUEUE; i++) {
            recorder.onReading(sample(i));
        }
        recorder.start();
        recorder.close();
        assertThat(written())
                .hasSize(Recorder.QUEUE)
                .last()
                .isEqualTo(SegmentsTest.reading(Recorder.QUEUE - 1, Recorder.QUEUE - 1));
        assertThat(meters.get("edge_record_dropped").functionCounter().count()).isZero();
        assertThat(meters.get("edge_record_entries").functionCounter().count()).isEqualTo(Recorder.QUEUE);
    }

    @Test
    void closesAtOnceWhileItWaits() throws IOException {
        Recorder recorder = new Recorder(new Segments(folder, 64 << 20), meters);
        recorder.start();
        recorder.onReading(sample(1));
        recorder.close();
        assertThat(written()).containsExactly(SegmentsTest.reading(1, 1));
    }

    @Test
    void dropsTheNewestWhenItIsFullAndCountsThem() {
        Recorder recorder = new Recorder(new Segments(folder, 64 << 20), meters);
        for (int i = 0; i < Recorder.QUEUE + 3; i++) {
            recorder.onReading(sample(i));
        }
        assertThat(meters.get("edge_record_dropped").functionCounter().count()).isEqualTo(3);
    }

    @Test
    void anEntryThatCannotBeWrittenIsCountedAndTheNextAreRecorded() throws IOException {
        Recorder recorder = new Recorder(new Segments(folder, 64 << 20), meters);
        recorder.start();
        recorder.onReading(sample(1));
        // A time that no millisecond has.
        recorder.onSighting(
                "gate",
                new RuleInput.Sighting(List.of(), Map.of()),
                new Moment(Instant.MAX, ClockQuality.UNKNOWN, "boot", 0));
        recorder.onReading(sample(2));
        await().until(() -> meters.get("edge_record_entries").functionCounter().count() == 2);
        assertThat(meters.get("edge_record_failures").functionCounter().count()).isEqualTo(1);
        recorder.close();
        assertThat(written()).containsExactly(SegmentsTest.reading(1, 1), SegmentsTest.reading(2, 2));
    }

    @Test
    void afterAWriteThatFailedTheNextEntriesAreReadable() throws IOException {
        Entry first = SegmentsTest.reading(0, 1);
        Entry lost = SegmentsTest.reading(1, 2);
        Entry next = SegmentsTest.reading(2, 3);
        try (Segments segments = new Segments(folder, 64 << 20)) {
            segments.append(first.at(), EntryCodec.encode(first));
            // An interrupted thread's file channel closes under it.
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> segments.append(lost.at(), EntryCodec.encode(lost)))
                    .isInstanceOf(IOException.class);
            assertThat(Thread.interrupted()).isTrue();
            segments.append(next.at(), EntryCodec.encode(next));
        }
        assertThat(written()).containsExactly(first, next);
    }
}
