package io.fengsui.hub.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.grid.place.AreaFiles;
import io.fengsui.hub.grid.unit.Router;
import io.fengsui.hub.shard.input.OperatorCommand;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.settings.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deadlines of tickets in virtual time, with the reference's rules: Monday, 23 November 2026. */
class HubDeadlineTest {
    @TempDir
    Path data;

    private Timeline day;

    /** What another database's test has otherwise. */
    TestTown town(Path folder) {
        return new TestTown(folder);
    }

    @BeforeEach
    void begin() {
        day = new Timeline(town(data), "2026-11-23");
    }

    @AfterEach
    void end() {
        day.close();
    }

    @Test
    void warnsAtHalfAndAtFourFifthsAndTellsWhenAMinuteHasPassed() {
        day.at("02:00").event("fire.smoke", "smoke").until("02:05");
        day.expect(day.between("02:00:30", "02:00:35")).fact("smoke", "deadline-near", "\"reported\"", "\"50\"");
        day.expect(day.between("02:00:48", "02:00:53")).fact("smoke", "deadline-near", "\"reported\"", "\"80\"");
        day.expect(day.between("02:01:00", "02:01:05"))
                .fact("smoke", "deadline-passed", "\"reported\"", "\"late\":\"false\"");
        assertThat(day.town.count("SELECT told_percent FROM deadline WHERE step = 'reported' AND ended_at IS NULL"))
                .isEqualTo(100);
    }

    @Test
    void endsAStatesDeadlineWithTheStateAndJudgesIt() {
        day.at("02:00")
                .event("fire.smoke", "smoke")
                .at("02:00:40")
                .step("smoke", "accept")
                .at("02:11:40")
                .step("smoke", "verify")
                .until("02:12");
        assertThat(day.town.rows(
                        "SELECT step, on_time FROM deadline WHERE ended_at IS NOT NULL ORDER BY since_version"))
                .extracting(row -> row.get("step") + " " + row.get("on_time"))
                .containsExactly("reported 1", "accepted 0");
        day.expect(day.between("02:10:40", "02:10:45")).fact("smoke", "deadline-passed", "\"accepted\"");
        day.expect(day.between("02:00:41", "02:12")).noFact("smoke", "suspended-until");
        assertThat(day.town.count("SELECT COUNT(*) FROM timer WHERE kind = 'deadline' AND subject LIKE '%/reported/%'"))
                .isZero();
    }

    @Test
    void countsWorkingHoursOverTheNightForWhatIsNotUrgent() {
        // accepted: one working hour, from 17:00 over the night to 09:00
        day.at("16:59")
                .event("safety.intrusion", "gate")
                .at("17:00")
                .step("gate", "accept")
                .until("2026-11-24T12:00");
        day.expect(day.between("17:30", "2026-11-24T08:29")).noFact("gate", "deadline-passed");
        day.expect(day.between("2026-11-24T09:00", "2026-11-24T09:00:05"))
                .fact("gate", "deadline-passed", "\"accepted\"");
    }

    /** Longgang's promise: on the spot within a quarter of an hour in town, within an hour elsewhere. */
    @Test
    void givesAnHourWhereTheRoadIsLong() throws IOException {
        day.close();
        Problems problems = new Problems();
        AreaBook areas = new AreaBook(
                AreaFiles.read("example.csv", Files.readAllBytes(Path.of("../config/places/example.csv")), problems));
        assertThat(problems.isEmpty()).isTrue();
        day = new Timeline(new TestTown(TestTown.routed(data, new Router(areas, List.of()))), "2026-11-23");
        for (String grid : List.of("140502-001", "140502-003")) {
            day.at("02:00").event("fire.smoke", grid, Source.sensor("s"), new Place(Name.NONE, grid, null));
            for (String step : List.of("accept", "verify", "file", "dispatch")) {
                day.at("02:00:10").step(grid, step);
            }
        }
        day.until("03:10");
        day.expect(day.between("02:15:10", "02:15:15")).fact("140502-001", "deadline-passed", "\"dispatched\"");
        day.expect(day.between("03:00:10", "03:00:15")).fact("140502-003", "deadline-passed", "\"dispatched\"");
        day.expect(day.between("02:00", "03:00")).noFact("140502-003", "deadline-passed");
    }

    @Test
    void standsStillWhileSuspendedAndGoesOnByItself() {
        OperatorCommand.Details wait =
                new OperatorCommand.Details("supervisor", "", "", day.instant("2026-11-25T10:00"));
        day.at("09:00")
                .event("fire.smoke", "smoke")
                .at("09:00:20")
                .step("smoke", "suspend", wait)
                .until("2026-11-25T09:59");
        day.expect(day.between("09:00", "2026-11-25T09:59")).noFact("smoke", "deadline-near");
        assertThat(day.town.one(String.class, "SELECT category FROM ticket")).isEqualTo("suspended");
        assertThat(day.town.count("SELECT COUNT(*) FROM deadline WHERE due_at IS NOT NULL"))
                .isZero();
        day.until("2026-11-25T10:02");
        day.expect(day.between("2026-11-25T10:00", "2026-11-25T10:00:05")).fact("smoke", "moved", "reported", "resume");
        // 20 seconds of the minute were spent before.
        day.expect(day.between("2026-11-25T10:00:40", "2026-11-25T10:00:45"))
                .fact("smoke", "deadline-passed", "\"reported\"");
    }

    @Test
    void movesTheDeadlineWhenAnExtensionIsGranted() {
        OperatorCommand.Details more = new OperatorCommand.Details("unit", "", "30m", null);
        day.at("02:00").event("fire.smoke", "smoke");
        for (String step : List.of("accept", "verify", "file", "dispatch")) {
            day.at("02:00:10").step("smoke", step);
        }
        day.at("02:05").step("smoke", "ask-extension", more);
        day.at("02:06").step("smoke", "grant-extension").until("03:00");
        day.expect(day.between("02:15", "02:16")).noFact("smoke", "deadline-passed");
        day.expect(day.between("02:45:10", "02:45:15")).fact("smoke", "deadline-passed", "\"dispatched\"");
        assertThat(day.town.count("SELECT extensions FROM ticket")).isEqualTo(1);
    }

    @Test
    void tellsOnceAndInOrderAndLateOfWhatPassedWhileTheHubWasAway() {
        day.at("02:00").event("fire.smoke", "smoke");
        day.at("02:00:10").event("fire.smoke", "other");
        day.at("02:00:20").hubIsAwayUntil("02:30").until("02:40");
        for (String key : List.of("smoke", "other")) {
            day.expect(day.between("02:30", "02:31"))
                    .fact(key, "deadline-near", "\"50\"", "\"reported\"", "\"late\":\"true\"");
            day.expect(day.between("02:30", "02:31"))
                    .fact(key, "deadline-near", "\"80\"", "\"reported\"", "\"late\":\"true\"");
            day.expect(day.between("02:30", "02:31")).fact(key, "deadline-passed", "\"reported\"", "\"late\":\"true\"");
        }
        assertThat(day.town.rows("SELECT body FROM journal WHERE kind = 'deadline' ORDER BY \"offset\""))
                .extracting(row -> new String((byte[]) Objects.requireNonNull(row.get("body")), UTF_8))
                .isSortedAccordingTo(Comparator.comparing(text -> text.replaceAll(".*\"due\":\"([^\"]*)\".*", "$1")))
                .hasSize(6);
    }

    @Test
    void hasExactlyOneEffectEachWhenTheHubIsKilledAgainAndAgain() {
        day.at("02:00").event("fire.smoke", "smoke");
        for (int second = 5; second < 60; second += 5) {
            String from = "02:00:%02d".formatted(second);
            day.at(from).hubIsAwayUntil("02:00:%02d".formatted(second + 2));
        }
        day.until("02:02");
        assertThat(day.history("smoke"))
                .filteredOn(fact -> String.valueOf(fact.get("kind")).startsWith("deadline-"))
                .hasSize(3);
    }
}
