package io.fengsui.benchmarks.cameras;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a number of cameras holds, and why not: the bounds of the measure P1. */
class CapacityTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alive | streaming | late-ms | frames | frames-lost | packets-lost | findable | found | why
            true  | 1000      | 27.4    | 900000 | 0           | 0            | 800      | 800   | ''
            true  | 999       | 1000    | 899101 | 899         | 1700         | 800      | 792   | ''
            false | 1000      | 27.4    | 900000 | 0           | 0            | 800      | 800   | it ended
            true  | 998       | 27.4    | 900000 | 0           | 0            | 800      | 800   | 998 of 1000 streamed
            true  | 1000      | 1446    | 900000 | 0           | 0            | 800      | 800   | pictures sent 1.4 s late
            true  | 1000      | 27.4    | 898000 | 2000        | 0            | 800      | 800   | 0.22 % of the pictures lost
            true  | 1000      | 27.4    | 900000 | 0           | 3600         | 800      | 800   | 0.20 % of the pictures lost
            true  | 1000      | 27.4    | 900000 | 0           | 0            | 800      | 791   | 791 of 800 happenings found
            """, useHeadersInDisplayName = true)
    void aNumberOfCamerasHoldsWhileNothingIsLostLateOrMissed(
            boolean isAlive,
            int streaming,
            double late,
            int frames,
            int framesLost,
            int packetsLost,
            int findable,
            int found,
            String why)
            throws Exception {
        String numbers = """
                {"alive": %s, "cameras": 1000,
                 "load": {"streaming": %d, "late-ms": %s, "frames": %d, "frames-lost": %d, "packets": 1800000},
                 "parts": {"#edge_stream_lost_packets_total": %d},
                 "judged": {"all": {"findable": %d, "found": %d}}}
                """.formatted(isAlive, streaming, late, frames, framesLost, packetsLost, findable, found);
        assertThat(Capacity.why(JSON.readTree(numbers))).isEqualTo(why);
    }
}
