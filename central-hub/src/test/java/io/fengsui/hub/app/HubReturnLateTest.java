package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.Severity;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What began before its ticket was done, and was first told after it. */
class HubReturnLateTest extends ReturnDay {
    /** Nobody can have dealt with what nobody knew of. */
    @Test
    void opensATicketForWhatBeganBeforeTheEndAndStillHoldsWhenItIsFirstToldAfterIt() throws IOException {
        try (Timeline day = day()) {
            day.at("09:00").event("fire.smoke", "smoke").until("09:01");
            Event late = day.town.begun("edge-1", "fire.smoke", "smoke");
            String before = day.ticket("smoke");
            day.at("09:03").step("smoke", "void").until("09:04");
            tell(day, late);
            assertThat(tickets(day)).isEqualTo(2);
            Timeline.Between then = day.between("09:04", "09:04");
            day.expect(then).fact("smoke", "follows", before);
            day.expect(then).notification("smoke", "centre", "opened", "now");
            day.until("09:05");
            // Its own news, and of what was told before, open nothing more.
            tell(day, day.town.becomes(late, Severity.CRITICAL));
            day.at("09:06").ends("smoke").until("09:07");
            assertThat(tickets(day)).isEqualTo(2);
        }
    }

    @Test
    void opensATicketForTheAlarmOfAMomentThatIsFirstToldAfterTheEnd() throws IOException {
        try (Timeline day = day()) {
            day.at("09:00").event("safety.help", "button").until("09:01");
            Event pressed = instant(day.town.begun("edge-1", "safety.help", "button"));
            day.at("09:03").step("button", "void").until("09:04");
            tell(day, pressed);
            assertThat(tickets(day)).isEqualTo(2);
        }
    }

    @Test
    void opensNothingForWhatIsOverWhenItIsFirstToldAfterTheEnd() throws IOException {
        try (Timeline day = day()) {
            day.at("09:00").event("fire.smoke", "smoke").until("09:01");
            Event late = day.town.begun("edge-1", "fire.smoke", "smoke");
            day.until("09:02");
            Event over = day.town.ended(late);
            day.at("09:03").step("smoke", "void").until("09:05");
            tell(day, over);
            assertThat(day.town.count("SELECT COUNT(*) FROM event")).isEqualTo(2);
            assertThat(tickets(day)).isEqualTo(1);
        }
    }

    /** It is kept; when its edge says that it still holds, it has its ticket, and that names the one before. */
    @Test
    void leavesWhatIsToldTooLateToThePolicyAndOpensItsTicketOnceItsEdgeSpeaksForIt() throws IOException {
        try (Timeline day = day()) {
            day.at("09:00").event("water.level.high", "level").until("09:01");
            String before = day.ticket("level");
            Event late = day.town.begun("edge-1", "water.level.high", "level");
            day.at("09:02").step("level", "void").until("2026-11-25T09:00");
            tell(day, late);
            assertThat(tickets(day)).isEqualTo(1);
            assertThat(day.town.hub.shards().renew("edge-1", List.of(late.id())))
                    .isTrue();
            day.town.settle();
            assertThat(tickets(day)).isEqualTo(2);
            day.expect(day.between("2026-11-25T09:00", "2026-11-25T09:00")).fact("level", "follows", before);
        }
    }
}
