package io.fengsui.hub.grid.unit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.grid.KindPattern;
import io.fengsui.hub.grid.place.Area;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.grid.place.AreaFiles;
import io.fengsui.hub.grid.place.AreaLevel;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.settings.Problems;
import io.fengsui.settings.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes by the reference's places and units. */
class RouterTest {
    private static final Path CONFIG = Path.of("../config");

    private static Router router() throws IOException {
        Problems problems = new Problems();
        Path file = CONFIG.resolve("places/example.csv");
        AreaBook areas = new AreaBook(AreaFiles.read(file.toString(), Files.readAllBytes(file), problems));
        List<Unit> units = SettingsFile.read(CONFIG.resolve("units.yaml"), problems)
                .flatMap(map -> UnitReader.units(map, areas))
                .orElseThrow(() -> new AssertionError(problems.toString()));
        assertThat(problems.isEmpty()).as(problems.toString()).isTrue();
        return new Router(areas, units);
    }

    @ParameterizedTest
    @CsvSource({
        "fire.smoke, 140502-001, fengtai-community, UNIT_OF_LARGER_AREA, 1405020101",
        "water.leak, 1405020101, fengtai-community, UNIT_OF_PLACE, 1405020101",
        "water.level.high, 14050201, fengtai-street, UNIT_OF_PLACE, 14050201",
        "fire.smoke, 14050201, fire-brigade, UNIT_OF_EVERYWHERE, ''",
        "fire.smoke, '', fire-brigade, UNIT_OF_EVERYWHERE, ''",
        "fire.smoke, 999999, fire-brigade, UNIT_OF_EVERYWHERE, ''",
        "health.camera.offline, '', maintenance, UNIT_OF_EVERYWHERE, ''",
        "water.leak, '', '', NO_PLACE, ''",
        "water.leak, 14050201, '', NO_UNIT, ''",
    })
    void goesUpTheTreeAndThenToWhoeverAnswersEverywhere(
            String kind, String grid, String unit, RouteReason reason, String area) throws IOException {
        assertThat(router().decide(new EventKind(kind), new Place(Name.NONE, grid, null)))
                .isEqualTo(new Route(unit, area, reason));
    }

    @Test
    void namesAreasAndUnitsThatThereAreNot() throws IOException {
        assertThat(router().unknown(List.of("140502", "14050201", "140252"), "fire-brigade"))
                .containsExactly("140252");
        assertThat(router().unknown(List.of(), "fire-brigad")).containsExactly("fire-brigad");
        assertThat(router().unknown(List.of(), "")).isEmpty();
        assertThat(Router.NONE.unknown(List.of("1"), "fire"))
                .as("where nothing is known, everything may be")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T09:00, fire-brigade, 值班一班",
        "2026-11-24T07:59, fire-brigade, 值班一班",
        "2026-11-24T08:00, fire-brigade, 值班二班",
        "2026-11-23T08:30, fengtai-community, 网格长",
        "2026-11-23T17:30, fengtai-community, ''",
        "2026-11-22T12:00, fengtai-community, ''",
        "2026-11-23T09:00, nobody, ''",
    })
    void knowsWhoIsOnDutyAlsoAfterMidnight(String now, String unit, String person) throws IOException {
        assertThat(router().onDuty(unit, LocalDateTime.parse(now)).stream()
                        .map(Shift::person)
                        .reduce("", String::concat))
                .isEqualTo(person);
    }

    /** Of the week two in turn; on the first two days of October two others, who know nothing of weekdays. */
    private static final Roster HOLIDAY = new Roster(List.of(
            shift("甲", Set.of(DayOfWeek.values()), Set.of(), "08:00", "20:00"),
            shift("乙", Set.of(DayOfWeek.values()), Set.of(), "20:00", "08:00"),
            shift(
                    "丙",
                    Set.of(DayOfWeek.values()),
                    Set.of(LocalDate.parse("2026-10-01"), LocalDate.parse("2026-10-02")),
                    "09:00",
                    "09:00"),
            shift("丁", Set.of(DayOfWeek.values()), Set.of(LocalDate.parse("2026-10-02")), "22:00", "02:00")));

    private static Shift shift(String person, Set<DayOfWeek> days, Set<LocalDate> dates, String from, String to) {
        return new Shift(person, "", days, dates, LocalTime.parse(from), LocalTime.parse(to));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-09-30T12:00, 甲",
        "2026-09-30T23:00, 乙",
        "2026-10-01T07:59, 乙", // begun the day before
        "2026-10-01T08:30, ''", // nobody, as the roster of the day has it
        "2026-10-01T09:00, 丙",
        "2026-10-02T08:59, 丙",
        "2026-10-02T23:00, 丙丁",
        "2026-10-03T01:59, 丙丁",
        "2026-10-03T08:30, 甲丙",
        "2026-10-03T09:00, 甲",
    })
    void theRosterOfADateTakesThePlaceOfThatOfTheWeek(String now, String persons) {
        assertThat(HOLIDAY.at(LocalDateTime.parse(now)).stream()
                        .map(Shift::person)
                        .reduce("", String::concat))
                .isEqualTo(persons);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-09-29T12:00, 2026-09-29T20:00",
        "2026-09-29T20:00, 2026-09-30T08:00",
        "2026-10-01T07:59, 2026-10-01T08:00", // nobody then
        "2026-10-01T08:30, 2026-10-01T09:00",
        "2026-10-01T09:00, ''", // the same goes on for longer than a day
        "2026-10-02T10:00, 2026-10-02T22:00",
        "2026-10-02T23:00, 2026-10-03T02:00",
        "2026-10-03T08:30, 2026-10-03T09:00",
    })
    void knowsWhenOthersComeOnDuty(String now, String change) {
        assertThat(HOLIDAY.changes(LocalDateTime.parse(now))
                        .map(Object::toString)
                        .orElse(""))
                .isEqualTo(change);
    }

    @ParameterizedTest
    @CsvSource({
        "甲, 2026-09-30T20:00, 2026-10-03T08:00",
        "甲, 2026-09-30T19:59, 2026-09-30T19:59",
        "乙, 2026-10-01T08:00, 2026-10-03T20:00",
        "丙, 2026-09-01T00:00, 2026-10-01T09:00",
        "丙, 2026-10-03T09:00, ''",
        "丁, 2026-10-03T03:00, ''",
        "戊, 2026-10-03T03:00, ''",
    })
    void knowsWhenSomebodysNextShiftBegins(String person, String now, String from) {
        assertThat(HOLIDAY.next(person, LocalDateTime.parse(now))
                        .map(LocalDateTime::toString)
                        .orElse(""))
                .isEqualTo(from);
    }

    @Test
    void tellsWhatIsWrongWithUnits() {
        Problems problems = new Problems();
        SettingsFile.parse("units.yaml", """
                units:
                  - {id: a, name: {zh: 甲}, answers: [{kinds: [Fire], areas: ["1"]}]}
                  - {id: b, name: {zh: 乙}, duty: [{person: 张, days: [someday], from: "25:00", to: "08:00"}]}
                  - {id: A B, name: {zh: 丙}}
                  - {id: d, name: {zh: 丁}, duty: [{person: 王, days: [monday], dates: [2026-02-30, 1.10.2026, 2026-10-01], from: "08:00", to: "20:00"}]}
                """, problems).ifPresent(map -> UnitReader.units(map, AreaBook.EMPTY));
        assertThat(problems.toString())
                .contains("Fire", "no area '1'", "someday", "25:00", "units.yaml:4")
                .contains("2026-02-30", "1.10.2026", "days or dates");
    }

    /** Whoever took the last date out of a holiday's shift had it stand on every day of the week. */
    @Test
    void aShiftOfDatesWithoutADateIsAnErrorWithItsPlace() {
        Problems problems = new Problems();
        SettingsFile.parse("units.yaml", """
                units:
                  - id: a
                    name: {zh: 甲}
                    duty:
                      - {person: 张, from: "08:00", to: "20:00"}
                      - {person: 国庆值班, dates: [], from: "08:00", to: "20:00"}
                      - person: 春节值班
                        dates:
                        from: "08:00"
                        to: "20:00"
                """, problems).ifPresent(map -> UnitReader.units(map, AreaBook.EMPTY));
        assertThat(problems.count()).isEqualTo(2);
        assertThat(problems.toString())
                .contains("units.yaml:6", "units[0].duty[1].dates", "names at least one")
                .contains("units.yaml:8", "units[0].duty[2].dates");
    }

    /** All units were looked at for each area on the way up; now those that name it are known. */
    @Test
    void takesWhomLookingAtAllUnitsWouldTake() throws IOException {
        Random random = new Random(1);
        AreaBook areas = router().areas();
        List<String> codes = areas.all().stream().map(Area::code).toList();
        List<String> kinds = List.of("fire.smoke", "fire.flame", "water.leak", "water.level.high", "safety.crowd");
        List<String> patterns = List.of("*", "fire.*", "fire.smoke", "water.*", "water.level.*", "safety.crowd");
        for (int round = 0; round < 50; round++) {
            List<Unit> units = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                List<Unit.Answer> answers = new ArrayList<>();
                for (int j = random.nextInt(3); j >= 0; j--) {
                    answers.add(new Unit.Answer(
                            some(patterns, 1 + random.nextInt(2), random).stream()
                                    .map(KindPattern::new)
                                    .toList(),
                            some(codes, random.nextInt(3), random)));
                }
                units.add(new Unit("unit-" + i, new Name("", ""), "", answers, List.of()));
            }
            Router router = new Router(areas, units);
            for (String kind : kinds) {
                for (String code : codes) {
                    Route route = router.decide(new EventKind(kind), new Place(Name.NONE, code, null));
                    assertThat(route.unit()).isEqualTo(expected(units, areas, new EventKind(kind), code));
                }
            }
        }
    }

    /** A code is any text: none stands for everywhere but no code at all. */
    @Test
    void anAreaWhoseCodeIsAStarIsOnlyAnArea() {
        AreaBook areas = new AreaBook(List.of(area("*"), area("1")));
        Unit there = new Unit("there", new Name("", ""), "", List.of(answer("fire.smoke", List.of("*"))), List.of());
        Unit everywhere = new Unit("everywhere", new Name("", ""), "", List.of(answer("*", List.of())), List.of());
        EventKind smoke = new EventKind("fire.smoke");
        Router router = new Router(areas, List.of(there, everywhere));
        assertThat(router.decide(smoke, new Place(Name.NONE, "1", null)).unit()).isEqualTo("everywhere");
        assertThat(router.decide(smoke, new Place(Name.NONE, "*", null)))
                .isEqualTo(new Route("there", "*", RouteReason.UNIT_OF_PLACE));
        assertThat(new Router(areas, List.of(everywhere)).decide(smoke, new Place(Name.NONE, "*", null)))
                .isEqualTo(new Route("everywhere", "", RouteReason.UNIT_OF_EVERYWHERE));
    }

    private static Area area(String code) {
        return new Area(code, AreaLevel.TOWN, new Name("", ""), "", "", null);
    }

    private static Unit.Answer answer(String pattern, List<String> areas) {
        return new Unit.Answer(List.of(new KindPattern(pattern)), areas);
    }

    private static List<String> some(List<String> of, int count, Random random) {
        return random.ints(count, 0, of.size()).mapToObj(of::get).toList();
    }

    private static String expected(List<Unit> units, AreaBook areas, EventKind kind, String code) {
        List<String> way =
                new ArrayList<>(areas.path(code).stream().map(Area::code).toList());
        way.add("");
        for (String area : way) {
            String best = "";
            int closest = -1;
            for (Unit unit : units) {
                int close = unit.answers().stream()
                        .filter(answer -> area.isEmpty()
                                ? answer.areas().isEmpty()
                                : answer.areas().contains(area))
                        .flatMap(answer -> answer.kinds().stream())
                        .filter(pattern -> pattern.matches(kind))
                        .mapToInt(pattern -> pattern.text().length())
                        .max()
                        .orElse(-1);
                if (close > closest) {
                    closest = close;
                    best = unit.id();
                }
            }
            if (closest >= 0) {
                return best;
            }
        }
        return "";
    }
}
