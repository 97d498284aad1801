package io.fengsui.hub.grid.unit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.grid.place.AreaFiles;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.settings.Problems;
import io.fengsui.settings.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
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

    @Test
    void tellsWhatIsWrongWithUnits() {
        Problems problems = new Problems();
        SettingsFile.parse("units.yaml", """
                units:
                  - {id: a, name: {zh: 甲}, answers: [{kinds: [Fire], areas: ["1"]}]}
                  - {id: b, name: {zh: 乙}, duty: [{person: 张, days: [someday], from: "25:00", to: "08:00"}]}
                  - {id: A B, name: {zh: 丙}}
                """, problems).ifPresent(map -> UnitReader.units(map, AreaBook.EMPTY));
        assertThat(problems.toString()).contains("Fire", "no area '1'", "someday", "25:00", "units.yaml:4");
    }
}
