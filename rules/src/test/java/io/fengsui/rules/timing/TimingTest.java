package io.fengsui.rules.timing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.rules.RuleDefinition;
import io.fengsui.rules.RuleScope;
import io.fengsui.rules.calendar.CalendarReader;
import io.fengsui.rules.calendar.CalendarYear;
import io.fengsui.rules.calendar.WorkingCalendar;
import io.fengsui.rules.reader.RuleReader;
import io.fengsui.rules.reader.TimingReader;
import io.fengsui.settings.Problems;
import io.fengsui.settings.SettingsFile;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hours, holidays, mute windows and modes, in Shanghai and where clocks are put forward. */
class TimingTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final Problems problems = new Problems();

    private Timing timing(String text) {
        CalendarYear year = SettingsFile.read(Path.of("../config/calendar/2026.yaml"), problems)
                .flatMap(CalendarReader::year)
                .orElseThrow();
        RuleScope.Times before =
                new RuleScope.Times(SHANGHAI, WorkingCalendar.ofDays(SHANGHAI, List.of(year)), true, Set.of());
        String yaml = """
                modes:
                  - {id: night, when: [{hours: "22:00-06:00"}]}
                  - {id: typhoon}
                rules:
                  - {id: r, kind: safety.x, severity: minor, threshold: {quantity: level, above: 1}, %s}
                """.formatted(text);
        var root = SettingsFile.parse("t.yaml", yaml, problems).orElseThrow();
        modes = Modes.of(new TimingReader(before).modes(root, SHANGHAI));
        RuleScope.Times times = new RuleScope.Times(
                SHANGHAI, before.calendar(), true, modes.known().keySet());
        List<RuleDefinition> rules =
                RuleReader.read(root, new RuleScope(Map.of(), Map.of(), Set.of(), Map.of(), times));
        assertThat(problems.toString()).isEmpty();
        return rules.getFirst().timing();
    }

    private Modes modes = Modes.NONE;

    private static Moment at(String local) {
        Instant wall = LocalDateTime.parse(local).atZone(SHANGHAI).toInstant();
        return new Moment(wall, ClockQuality.SYNCED, "boot", wall.getEpochSecond() * 1_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            active: [{hours: "22:00-06:00"}]                     | 2026-05-06T23:00 | ON  | 2026-05-07T06:00
            active: [{hours: "22:00-06:00"}]                     | 2026-05-06T05:59 | ON  | 2026-05-06T06:00
            active: [{hours: "22:00-06:00"}]                     | 2026-05-06T12:00 | OFF | 2026-05-06T22:00
            active: [{days: [mon], hours: "22:00-06:00"}]        | 2026-05-05T05:00 | ON  | 2026-05-05T06:00
            active: [{days: [mon], hours: "22:00-06:00"}]        | 2026-05-04T05:00 | OFF | 2026-05-04T22:00
            active: [{days: [workdays], hours: "08:00-18:00"}]   | 2026-09-20T10:00 | ON  | 2026-09-20T18:00
            active: [{days: [workdays], hours: "08:00-18:00"}]   | 2026-10-01T10:00 | OFF | 2026-10-08T08:00
            active: [{days: [holidays]}]                         | 2026-10-01T10:00 | ON  | 2026-10-08T00:00
            active: [{dates: 11-15..03-15}]                      | 2026-12-31T12:00 | ON  | 2027-03-16T00:00
            active: [{dates: 11-15..03-15}]                      | 2026-07-01T12:00 | OFF | 2026-11-15T00:00
            mute: [{dates: 2026-08-01..2026-08-03}]              | 2026-08-02T12:00 | MUTED | 2026-08-04T00:00
            mute: [{dates: 2026-08-01}]                          | 2027-08-01T12:00 | ON  |
            modes: [night]                                       | 2026-05-06T21:59 | OFF | 2026-05-06T22:00
            except-modes: [night]                                | 2026-05-06T23:00 | OFF | 2026-05-07T06:00
            modes: [typhoon]                                     | 2026-05-06T23:00 | OFF |
            """)
    void knowsWhenARuleCounts(String text, String local, Standing expected, String change) {
        Timing timing = timing(text);
        assertThat(timing.standing(at(local), modes)).isEqualTo(expected);
        assertThat(timing.nextChange(at(local), modes).map(m -> LocalDateTime.ofInstant(m.wall(), SHANGHAI)))
                .isEqualTo(Optional.ofNullable(change).map(LocalDateTime::parse));
    }

    @Test
    void aSwitchHoldsUntilItExpires() {
        Timing timing = timing("modes: [typhoon]");
        Moment noon = at("2026-08-01T12:00");
        Moment evening = at("2026-08-01T18:00");
        modes = modes.with("typhoon", new Modes.Switch(true, evening.wall()));
        assertThat(timing.standing(noon, modes)).isEqualTo(Standing.ON);
        assertThat(timing.nextChange(noon, modes).map(Moment::wall)).contains(evening.wall());
        assertThat(timing.standing(evening, modes)).isEqualTo(Standing.OFF);
        assertThat(modes.at(evening.wall()).switches()).isEmpty();
        assertThat(modes.with("none", new Modes.Switch(true, evening.wall()))).isEqualTo(modes);
    }

    @Test
    void aSwitchOffOverridesTheHours() {
        Timing timing = timing("modes: [night]");
        Moment late = at("2026-05-06T23:00");
        modes = modes.with(
                "night", new Modes.Switch(false, at("2026-05-07T01:00").wall()));
        assertThat(timing.standing(late, modes)).isEqualTo(Standing.OFF);
        assertThat(timing.standing(at("2026-05-07T02:00"), modes)).isEqualTo(Standing.ON);
    }

    @Test
    void alwaysCountsWhileTheClockCannotBeBelieved() {
        Moment unsure = at("2026-05-06T12:00");
        Moment unknown = new Moment(unsure.wall(), ClockQuality.UNKNOWN, unsure.bootId(), unsure.steadyNanos());
        assertThat(timing("active: [{hours: \"22:00-06:00\"}]").standing(unknown, modes))
                .isEqualTo(Standing.ON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "active: [{hours: \"25:00-26:00\"}]",
                "active: [{hours: \"08:00-24:30\"}]",
                "active: []",
                "active: [{days: [workdays, mon]}]",
                "active: [{days: [monday]}]",
                "active: [{dates: 02-30}]",
                "active: [{dates: 2026-05-03..2026-05-01}]",
                "modes: [fog]",
                "time-zone: Mars"
            })
    void refusesWhatIsNoTime(String text) {
        try {
            timing(text);
        } catch (AssertionError e) {
            assertThat(problems.list()).hasSize(1);
            return;
        }
        throw new AssertionError("taken: " + text);
    }

    @Test
    void saysWhichYearsItDoesNotKnow() {
        Timing workdays = timing("active: [{days: [workdays]}]");
        assertThat(workdays.misses(2026)).isFalse();
        assertThat(workdays.misses(2027)).isTrue();
        assertThat(timing("active: [{hours: \"22:00-06:00\"}]").misses(2027)).isFalse();
    }
}
