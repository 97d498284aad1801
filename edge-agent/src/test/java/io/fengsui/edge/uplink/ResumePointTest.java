package io.fengsui.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.uplink.ResumePoint.ResumeReason;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.LanePosition;
import io.fengsui.protocol.link.LaneState;
import io.fengsui.protocol.value.Sha256;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResumePointTest {
    /** Own lane holds first..last with some acknowledged; the hash at a position is its number, 32 times. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, 0, 0, true, AGREED, 1",
        "1, 9, 5, 5, true, AGREED, 6",
        "1, 9, 5, 7, true, HUB_AHEAD, 8",
        "1, 9, 5, 9, true, HUB_AHEAD, 10",
        "1, 9, 5, 2, true, HUB_REWOUND, 3",
        "1, 9, 5, 0, true, HUB_REWOUND, 1",
        "4, 9, 5, 3, true, HUB_REWOUND, 4",
        "4, 9, 5, 2, true, RECORDS_GONE, 4",
        "1, 9, 5, 10, true, NEVER_WRITTEN, 11",
        "1, 9, 5, 5, false, HASH_DIFFERS, 6",
        "1, 9, 5, 2, false, HASH_DIFFERS, 3",
    })
    void theHubsPositionRulesUnlessThePastsDiffer(
            long first, long last, long acknowledged, long hub, boolean isSame, ResumeReason reason, long next) {
        LaneState own = new LaneState(Lane.URGENT, first, last, acknowledged, Sha256.NONE);
        Sha256 hubHash = hub == 0 ? Sha256.NONE : Sha256.of(hash(isSame ? hub : 99));
        byte[] ownHash = hub == 0 ? new byte[32] : hub >= first - 1 && hub <= last ? hash(hub) : null;

        ResumePoint point = ResumePoint.decide(own, new LanePosition(Lane.URGENT, hub, hubHash), ownHash);
        assertThat(point.reason()).isEqualTo(reason);
        assertThat(point.next()).isEqualTo(next);
    }

    private static byte[] hash(long number) {
        byte[] hash = new byte[32];
        Arrays.fill(hash, (byte) number);
        return hash;
    }
}
