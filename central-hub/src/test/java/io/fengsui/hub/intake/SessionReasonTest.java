package io.fengsui.hub.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.value.Name;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets the session of an identity that has one already. */
class SessionReasonTest {
    @ParameterizedTest
    @CsvSource({
        "box, epoch, boot, 0, SAME_BOX_AGAIN",
        "box, epoch, boot-2, 3, STILL_HEARD",
        "box, epoch, boot-2, 10, OLD_ONE_DEAD",
        "box-2, epoch, boot, 3, COPY_OF_SPOOL",
        "box-2, epoch-2, boot, 3, OTHER_BOX",
        "box-2, epoch, boot, 11, OLD_ONE_DEAD",
    })
    void decidesOnASecondSession(String box, String epoch, String boot, int quietSeconds, SessionReason expected) {
        assertThat(SessionReason.decide(
                        identity("box", "epoch", "boot"),
                        Duration.ofSeconds(quietSeconds),
                        identity(box, epoch, boot),
                        Duration.ofSeconds(10)))
                .isEqualTo(expected);
    }

    private static Hello.Identity identity(String box, String epoch, String boot) {
        return new Hello.Identity("edge", "site", Name.NONE, epoch, boot, box);
    }
}
