package io.fengsui.hub.intake.greeting;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.LanePosition;
import io.fengsui.protocol.link.LaneState;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Sha256;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a spool is the one that the hub knows. */
class GreetingCheckTest {
    private static final Sha256 OURS = Sha256.hashOf(new byte[] {1});
    private static final Sha256 THEIRS = Sha256.hashOf(new byte[] {2});

    /** The edge holds first..last and was told {@code acknowledged}; the hub stands at {@code position}. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, 0, true, 0, SERVED",
        "1, 10, 5, true, 5, SERVED",
        "1, 10, 8, true, 5, SERVED",
        "1, 10, 3, true, 5, SERVED",
        "1, 10, 5, false, 5, PREFIX_DIFFERS",
        "1, 4, 4, true, 5, SPOOL_BEHIND",
        "8, 10, 8, true, 5, RECORDS_GONE",
        "6, 10, 5, true, 5, SERVED",
    })
    void comparesTheSpoolWithWhatIsCommitted(
            long first, long last, long acknowledged, boolean isSameHash, long position, String expected) {
        LaneState lane = new LaneState(
                Lane.URGENT, first, last, acknowledged, acknowledged == 0 ? Sha256.NONE : isSameHash ? OURS : THEIRS);
        LanePosition committed = new LanePosition(Lane.URGENT, position, position == 0 ? Sha256.NONE : OURS);
        Greeting greeting = GreetingCheck.check(hello(lane), List.of(committed), null);
        String answer = switch (greeting) {
            case Greeting.Served served -> "SERVED";
            case Greeting.Refused refused -> refused.reason().name();
        };
        assertThat(answer).isEqualTo(expected);
    }

    private static Hello hello(LaneState lane) {
        return new Hello(
                Hello.PROTOCOL_VERSION,
                "",
                new Hello.Identity("edge", "site", Name.NONE, "epoch", "boot", "box"),
                new Moment(Instant.EPOCH, ClockQuality.FREE, "boot", 0),
                List.of(lane),
                new Hello.Inventory(List.of(), List.of(), List.of()),
                "");
    }
}
