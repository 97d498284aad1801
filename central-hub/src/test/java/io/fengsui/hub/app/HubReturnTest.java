package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.Severity;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What begins again when its ticket is done: nobody heard of it, for it joined an incident whose ticket nobody works on.
 * Monday, 23 November 2026, in virtual time.
 */
class HubReturnTest extends ReturnDay {
    @Test
    void opensATicketForSmokeThatComesAgainNineMinutesAfterItsTicketWasVoided() throws IOException {
        try (Timeline day = day()) {
            day.at("09:00").event("fire.smoke", "smoke");
            day.at("09:02").ends("smoke");
            day.at("09:03").step("smoke", "void").until("09:05");
            String before = day.ticket("smoke");
            day.at("09:11").event("fire.smoke", "smoke").until("09:12");
            assertThat(tickets(day)).isEqualTo(2);
            assertThat(day.town.count("SELECT COUNT(*) FROM incident")).isEqualTo(1);
            assertThat(day.ticket("smoke")).isNotEqualTo(before);
            Timeline.Between then = day.between("09:11", "09:11");
            day.expect(then).fact("smoke", "opened");
            day.expect(then).fact("smoke", "follows", before);
            day.expect(then).notification("smoke", "centre", "opened", "now");
            assertThat(day.town.count("SELECT COUNT(*) FROM deadline WHERE ticket_id = '" + day.ticket("smoke") + "'"))
                    .isPositive();
            // The one before stays as it was closed.
            assertThat(day.town.count("SELECT event_count FROM ticket WHERE id = '" + before + "'"))
                    .isEqualTo(1);
            assertThat(day.town.count("SELECT COUNT(*) FROM ticket WHERE category = 'void'"))
                    .isEqualTo(1);
            // What comes next is the new one's.
            day.at("09:13").ends("smoke");
            day.at("09:15").event("fire.smoke", "smoke").until("09:16");
            assertThat(tickets(day)).isEqualTo(2);
            day.expect(day.between("09:13", "09:13")).fact("smoke", "condition-cleared");
            day.expect(day.between("09:15", "09:15")).fact("smoke", "event-joined");
            day.expect(day.between("09:15", "09:15")).fact("smoke", "condition-returned");
        }
    }

    @Test
    void opensATicketForANewEventOfAnIncidentThatIsStillOpenAndWhoseTicketIsClosed() throws IOException {
        try (Timeline day = day()) {
            day.at("09:00").event("fire.smoke", "smoke");
            for (String step : List.of("accept", "verify", "file", "dispatch", "handle", "inspect", "close")) {
                day.at("09:05").step("smoke", step);
            }
            day.until("09:06");
            String before = day.ticket("smoke");
            day.at("09:20").event("fire.smoke", "smoke").until("09:21");
            assertThat(tickets(day)).isEqualTo(2);
            day.expect(day.between("09:20", "09:20")).fact("smoke", "follows", before);
            assertThat(day.town.count("SELECT COUNT(*) FROM incident")).isEqualTo(1);
        }
    }

    @Test
    void opensNothingForNewsOfWhatWasToldBefore() throws IOException {
        try (Timeline day = day()) {
            day.at("09:00").event("fire.smoke", "smoke");
            day.at("09:03")
                    .step("smoke", "void")
                    .at("09:04")
                    .becomes("smoke", Severity.MINOR)
                    .at("09:05")
                    .becomes("smoke", Severity.MAJOR)
                    .until("09:06");
            day.at("09:07").ends("smoke").until("09:08");
            assertThat(tickets(day)).isEqualTo(1);
        }
    }

    /** Whoever called the smoke nothing has not seen the fire. */
    @Test
    void opensATicketForWhatHasBecomeWorseThanItsTicketWas() throws IOException {
        try (Timeline day = day()) {
            day.at("09:00").event("fire.smoke", "smoke");
            day.at("09:03").step("smoke", "void").until("09:04");
            String before = day.ticket("smoke");
            day.at("09:05").becomes("smoke", Severity.CRITICAL).until("09:06");
            assertThat(tickets(day)).isEqualTo(2);
            day.expect(day.between("09:05", "09:05")).fact("smoke", "follows", before);
            day.expect(day.between("09:05", "09:05")).notification("smoke", "centre", "opened", "now");
            day.at("09:07").becomes("smoke", Severity.CRITICAL);
            day.at("09:08").ends("smoke").until("09:09");
            assertThat(tickets(day)).isEqualTo(2);
        }
    }

    @Test
    void keepsToWhatThePolicySaysOfLateAndMildEvents() throws IOException {
        try (Timeline day = day()) {
            day.at("09:00").event("water.level.high", "level");
            day.at("09:01").ends("level");
            day.at("09:02").step("level", "void").until("09:03");
            Event late = day.town.begun("edge-1", "water.level.high", "level");
            Event over = day.town.ended(late);
            day.until("2026-11-25T09:00");
            tell(day, over);
            assertThat(tickets(day)).isEqualTo(1);
        }
    }

    @Test
    void namesTheTicketBeforeForAsLongAsTheReopenWindowLasts() throws IOException {
        try (Timeline day = day()) {
            day.at("09:00").event("fire.smoke", "smoke");
            day.at("09:02").ends("smoke");
            day.at("09:03").step("smoke", "void").until("09:04");
            String before = day.ticket("smoke");
            day.at("12:00").event("fire.smoke", "smoke");
            day.at("12:01").ends("smoke").until("12:02");
            assertThat(day.town.count("SELECT COUNT(*) FROM incident")).isEqualTo(2);
            day.expect(day.between("12:00", "12:00")).fact("smoke", "follows", before);
            day.at("12:03").step("smoke", "void");
            day.at("2026-11-24T12:04").event("fire.smoke", "smoke").until("2026-11-24T12:05");
            assertThat(tickets(day)).isEqualTo(3);
            day.expect(day.between("2026-11-24T12:04", "2026-11-24T12:05")).noFact("smoke", "follows");
        }
    }

    @Test
    void aTicketOfAMilderEventIsNotAsSevereAsTheOneBefore() throws IOException {
        try (Timeline day = day()) {
            day.at("09:00").event("fire.smoke", "smoke");
            day.at("09:01").becomes("smoke", Severity.CRITICAL);
            day.at("09:02").ends("smoke");
            day.at("09:03").step("smoke", "void");
            day.at("09:08").event("fire.smoke", "smoke");
            day.at("09:09").event("fire.smoke", "smoke").until("09:10");
            assertThat(tickets(day)).isEqualTo(2);
            assertThat(day.town.one(
                            String.class, "SELECT severity FROM ticket WHERE id = '" + day.ticket("smoke") + "'"))
                    .isEqualTo("major");
        }
    }
}
