package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.shard.input.OperatorCommand;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Severity;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What becomes worse has the ladder and the time of what is worse, from then on: Monday, 23 November 2026. */
class HubWorseTest extends ToldTest {
    private static final String CONTACTS = """
            - {id: duty, channels: [hook], on: []}
            - {id: chief, channels: [hook], on: []}
            """;
    private static final String LADDERS = """
            ladders:
              - {id: worst, min-severity: critical, steps: [{after: 30s, tell: [chief]}]}
              - {id: others, steps: [{after: 10m, tell: [duty]}]}
            """;
    private static final String DEADLINES = """
            warn-at: [50]
            rules:
              - {kinds: [water.*], min-severity: critical, whole: 1h, states: {reported: 2m, accepted: 5m}}
              - {kinds: [water.*], states: {reported: 30m, accepted: 4wh}}
            """;

    private Timeline day() throws IOException {
        Files.writeString(folder.resolve("ladders.yaml"), LADDERS);
        Files.writeString(folder.resolve("deadlines.yaml"), DEADLINES);
        return day(CONTACTS, "ladders: ladders.yaml\ndeadlines: deadlines.yaml");
    }

    /** From its first half minute until noon. */
    private static Timeline suspended(Timeline day) {
        OperatorCommand.Details wait = new OperatorCommand.Details("supervisor", "", "", day.instant("12:00"));
        return day.at("09:00").event("water.level", "bridge").at("09:00:30").step("bridge", "suspend", wait);
    }

    /** It stayed on the ladder of what it was at first: the chief heard of it never, the one on duty after ten minutes. */
    @Test
    void goesUpTheLadderOfWhatItHasBecome() throws IOException {
        try (Timeline day = day()) {
            day.at("09:00").event("water.level", "bridge").at("09:05").becomes("bridge", Severity.CRITICAL);
            day.at("09:05:10").hubIsAwayUntil("09:05:20").until("09:30");
            day.expect(day.between("09:05:30", "09:05:35")).notification("bridge", "chief", "escalated", "now");
            assertThat(escalated(day, "chief")).isEqualTo(1);
            assertThat(escalated(day, "duty")).isZero();
            assertThat(day.town.rows("SELECT ladder, ended FROM escalation"))
                    .extracting(row -> row.get("ladder") + " " + row.get("ended"))
                    .containsExactly("worst exhausted");
        }
    }

    /** A ladder at its end was the end of it. */
    @Test
    void goesUpAnewThoughTheFirstLadderIsAtItsEnd() throws IOException {
        try (Timeline day = day()) {
            day.at("09:00").event("water.level", "bridge").at("09:20").becomes("bridge", Severity.CRITICAL);
            day.until("09:30");
            assertThat(escalated(day, "duty")).isEqualTo(1);
            assertThat(escalated(day, "chief")).isEqualTo(1);
        }
    }

    @Test
    void goesUpNoLadderOnceSomebodyHasTakenIt() throws IOException {
        try (Timeline day = day()) {
            day.at("09:00")
                    .event("water.level", "bridge")
                    .at("09:01")
                    .step("bridge", "accept")
                    .at("09:05")
                    .becomes("bridge", Severity.CRITICAL)
                    .until("09:30");
            assertThat(escalated(day, "chief")).isZero();
            assertThat(escalated(day, "duty")).isZero();
        }
    }

    /** Four working hours went on for what had become a matter of minutes, and nothing said when it had to be over. */
    @Test
    void hasTheTimeOfWhatItHasBecome() throws IOException {
        try (Timeline day = day()) {
            day.at("09:00")
                    .event("water.level", "bridge")
                    .at("09:01")
                    .step("bridge", "accept")
                    .at("09:05")
                    .becomes("bridge", Severity.CRITICAL)
                    .at("09:06")
                    .hubIsAwayUntil("09:06:30")
                    .until("10:10");
            day.expect(day.between("09:07:30", "09:07:35")).fact("bridge", "deadline-near", "\"accepted\"", "\"50\"");
            day.expect(day.between("09:10:00", "09:10:05")).fact("bridge", "deadline-passed", "\"accepted\"");
            day.expect(day.between("10:05:00", "10:05:05")).fact("bridge", "deadline-passed", "\"*\"");
            assertThat(day.town.count("SELECT COUNT(*) FROM deadline WHERE step = 'accepted'"))
                    .isOne();
        }
    }

    @Test
    void neverHasMoreTimeThanItHad() throws IOException {
        try (Timeline day = day()) {
            day.at("09:00").event("water.level", "bridge").at("09:29").becomes("bridge", Severity.CRITICAL);
            day.until("09:40");
            day.expect(day.between("09:15:00", "09:15:05")).fact("bridge", "deadline-near", "\"reported\"");
            day.expect(day.between("09:30:00", "09:30:05")).fact("bridge", "deadline-passed", "\"reported\"");
        }
    }

    @Test
    void hasThatTimeWhenItGoesOnThoughItWasSuspendedMeanwhile() throws IOException {
        try (Timeline day = day()) {
            suspended(day).at("10:00").becomes("bridge", Severity.CRITICAL).until("12:10");
            day.expect(day.between("09:01", "12:00")).noFact("bridge", "deadline-near");
            day.expect(day.between("12:02:00", "12:02:05")).fact("bridge", "deadline-passed", "\"reported\"");
        }
    }

    /** It went on up the ladder of what it was: the chief heard of it never. */
    @Test
    void goesUpTheLadderOfWhatItHasBecomeThoughItWasSuspendedMeanwhile() throws IOException {
        try (Timeline day = day()) {
            suspended(day)
                    .at("10:00")
                    .becomes("bridge", Severity.CRITICAL)
                    .at("10:01")
                    .hubIsAwayUntil("10:02")
                    .until("12:30");
            day.expect(day.between("12:00:30", "12:00:35")).notification("bridge", "chief", "escalated", "now");
            assertThat(escalated(day, "chief")).isEqualTo(1);
            assertThat(escalated(day, "duty")).isZero();
        }
    }

    /** What would have been told in ten seconds was put off by becoming worse. */
    @Test
    void isToldOfNoLaterThanOfWhatItWas() throws IOException {
        try (Timeline day = day()) {
            day.at("09:00").event("water.level", "bridge").at("09:09:50").becomes("bridge", Severity.CRITICAL);
            day.until("09:30");
            day.expect(day.between("09:10:00", "09:10:00")).notification("bridge", "chief", "escalated", "now");
            assertThat(escalated(day, "chief")).isEqualTo(1);
            assertThat(escalated(day, "duty")).isZero();
        }
    }

    /** The first rule that sets a limit for all of it does so only now: that ran though the ticket stood still. */
    @Test
    void hasNoDeadlineThatRunsWhileItIsSuspended() throws IOException {
        Files.writeString(folder.resolve("more.yaml"), """
                warn-at: [50]
                rules:
                  - {kinds: [water.*], min-severity: critical, whole: 1h, states: {reported: 2m, suspended: 3m}}
                """);
        try (Timeline day = day(CONTACTS, "deadlines: more.yaml")) {
            suspended(day).at("09:10").becomes("bridge", Severity.CRITICAL).until("11:59");
            assertThat(day.town.rows("SELECT step FROM deadline WHERE running_since IS NOT NULL"))
                    .isEmpty();
            assertThat(day.town.rows("SELECT step FROM deadline"))
                    .extracting(row -> row.get("step"))
                    .containsExactly("*");
            day.until("13:10");
            day.expect(day.between("12:02:00", "12:02:05")).fact("bridge", "deadline-passed", "\"reported\"");
            day.expect(day.between("13:00:00", "13:00:05")).fact("bridge", "deadline-passed", "\"*\"");
        }
    }

    /** Of a ticket that was done, deadlines began that nobody could keep. */
    @Test
    void hasNoDeadlinesOnceItIsDone() throws IOException {
        try (Timeline day = day()) {
            day.until("09:00");
            Event begun = day.town.begun("edge-1", "water.level", "bridge");
            ReturnDay.tell(day, begun);
            day.at("09:02").step("bridge", "void").until("09:05");
            ReturnDay.tell(day, day.town.ended(day.town.becomes(begun, Severity.CRITICAL)));
            assertThat(day.town.count("SELECT COUNT(*) FROM deadline WHERE ended_at IS NULL"))
                    .isZero();
        }
    }
}
