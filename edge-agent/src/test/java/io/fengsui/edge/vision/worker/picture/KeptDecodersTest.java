package io.fengsui.edge.vision.worker.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.vision.TestingStreet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeptDecodersTest {
    static {
        System.setProperty(
                "org.bytedeco.javacpp.cachedir", TestingStreet.nativeLibraries().toString());
    }

    private static final long REST = KeptDecoders.LONGEST_REST.toNanos();

    private final KeptDecoders kept = new KeptDecoders(3);

    /** Which of these are there still; closes them. */
    private List<String> stay(String... streams) {
        return Stream.of(streams).filter(this::closeKept).toList();
    }

    private boolean closeKept(String stream) {
        RangeDecoder decoder = kept.take(stream);
        if (decoder != null) {
            decoder.close();
        }
        return decoder != null;
    }

    @Test
    void givesADecoderToOneUserAtATime() {
        kept.put("a", new RangeDecoder(), 0);
        RangeDecoder own = Objects.requireNonNull(kept.take("a"));
        assertThat(kept.take("a")).isNull();
        own.close();
    }

    @Test
    void closesTheOneThatWasUsedLongestAgoWhenThereAreTooMany() {
        kept.put("a", new RangeDecoder(), 1);
        kept.put("b", new RangeDecoder(), 2);
        kept.put("c", new RangeDecoder(), 3);
        kept.put("a", Objects.requireNonNull(kept.take("a")), 4);
        kept.put("d", new RangeDecoder(), 5);
        assertThat(stay("a", "b", "c", "d")).containsExactly("a", "c", "d");
    }

    @Test
    void closesTheDecodersOfCamerasAtWhichNobodyLooksAnyMore() {
        kept.put("a", new RangeDecoder(), 0);
        kept.put("b", new RangeDecoder(), 1);
        kept.put("a", new RangeDecoder(), 2);
        kept.closeRested(REST);
        assertThat(kept.count()).isEqualTo(2);
        kept.closeRested(REST + 1);
        assertThat(stay("a", "b")).containsExactly("a");
    }

    @Test
    void closesAllThatHaveRestedForTooLongAtOnce() {
        kept.put("a", new RangeDecoder(), 0);
        kept.put("b", new RangeDecoder(), 1);
        kept.put("c", new RangeDecoder(), REST);
        kept.closeRested(2 * REST - 1);
        assertThat(stay("a", "b", "c")).containsExactly("c");
    }
}
