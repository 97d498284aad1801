package io.fengsui.hub.store.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.hub.store.HubDatabase;
import io.fengsui.hub.store.query.NameQueries.Names;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which cameras, sensors and edges are found by what people type: the same in every database. */
class NameQueriesTest {
    /** Names by id. */
    private static final Map<String, String> NAMES = Map.of(
            "wide", "ＣＡＭ－１ 东门",
            "CAM-2", "西门",
            "french", "École Élysée",
            "turkish", "İzmir ılıca",
            "greek", "ΟΔΟΣΑ",
            "german", "Straße",
            "signs", "100%_!\\'\"",
            "combined", "e\u0301tage");

    @TempDir
    Path folder;

    private HubDatabase database;
    private NameQueries names;

    DatabaseSettings settings() {
        return new DatabaseSettings.SqliteFile(folder.resolve("hub.db"));
    }

    @BeforeEach
    void open() {
        database = HubDatabase.open(settings(), 1);
        names = new NameQueries(database.reader());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void findsWhateverTheCaseAndTheWidthOfItsCharacters() {
        NAMES.forEach((id, name) -> camera("e", id, name));
        Map<String, List<String>> typed = Map.ofEntries(
                Map.entry("cam", List.of("CAM-2", "wide")),
                Map.entry("CAM", List.of("CAM-2", "wide")),
                Map.entry("ＣＡＭ", List.of("CAM-2", "wide")),
                Map.entry("ｃａｍ－", List.of("CAM-2", "wide")),
                Map.entry("ｃａｍ－２", List.of("CAM-2")),
                Map.entry("1　东", List.of("wide")),
                Map.entry("É", List.of("french")),
                Map.entry("é", List.of("french")),
                Map.entry("ecole", List.of()),
                Map.entry("IZMIR", List.of("turkish")),
                Map.entry("ılıca", List.of("turkish")),
                Map.entry("οδος", List.of("greek")),
                Map.entry("ΟΔΟΣ", List.of("greek")),
                Map.entry("STRASSE", List.of()),
                Map.entry("straße", List.of("german")),
                Map.entry("%", List.of("signs")),
                Map.entry("％", List.of("signs")),
                Map.entry("_", List.of("signs")),
                Map.entry("\\", List.of("signs")),
                Map.entry("'", List.of("signs")),
                Map.entry("东门", List.of("wide")));
        typed.forEach((text, ids) -> assertThat(ids(text)).as(text).isEqualTo(ids));
    }

    @Test
    void nothingIsMissedThatWasTypedExactly() {
        NAMES.forEach((id, name) -> camera("e", id, name));
        NAMES.forEach((id, name) -> {
            for (int from = 0; from < name.length(); from++) {
                for (int to = from + 1; to <= name.length(); to++) {
                    assertThat(ids(name.substring(from, to)))
                            .as(name.substring(from, to))
                            .contains(id);
                }
            }
        });
    }

    @Test
    void oneIdOnManyEdgesIsOneAndHidesNoOther() {
        for (int edge = 0; edge < 500; edge++) {
            camera("e-" + edge, "cam-1", "Lane");
        }
        camera("e-7", "cam-2", "Lane");
        camera("e-8", "cam-3", "Lane");
        assertThat(ids("cam-", 2)).containsExactly("cam-1", "cam-2");
        assertThat(ids("lane", 9)).containsExactly("cam-1", "cam-2", "cam-3");
    }

    @Test
    void thatVeryIdComesFirstHoweverManyThereAre() {
        camera("e", "a-cam", "");
        camera("e", "Cam", "");
        database.writer()
                .handle()
                .execute("INSERT INTO sensor (edge, id, name_zh, name_en, place_zh, place_en, grid, subject, quantity)"
                        + " VALUES ('e', 'cam', '', '', '', '', '', '', 'smoke')");
        assertThat(ids("cam", 1)).containsExactly("Cam");
        assertThat(ids("cam", 2)).containsExactly("Cam", "cam");
        assertThat(ids("cam", 3)).containsExactly("Cam", "cam", "a-cam");
    }

    @Test
    void allNamesOfAnIdAreToldThoughOneOfThemIsLookedFor() {
        camera("e-1", "gate", "North gate");
        camera("e-2", "gate", "South gate");
        assertThat(names.find("north", Reach.EVERYWHERE, 9))
                .extracting(NameQueries.Source::name)
                .containsExactly(new Names("North gate / South gate", "North gate / South gate"));
        Reach elsewhere = new Reach(List.of("9"), "", Set.of(), Set.of());
        assertThat(names.find("north", elsewhere, 9)).isEmpty();
    }

    @Test
    void somethingStandsInAnAreaWhoseCodeIsWrittenTheSameWay() {
        camera("e", "cam", "");
        database.writer().handle().execute("UPDATE camera SET grid = 'Xg_1-2'");
        assertThat(names.standsIn("Xg_1")).isTrue();
        assertThat(names.standsIn("xg_1")).isFalse();
        assertThat(names.standsIn("Xg-1")).isFalse();
        assertThat(names.standsIn("Xg_1-2-3")).isFalse();
    }

    private List<String> ids(String text) {
        return ids(text, 100);
    }

    private List<String> ids(String text, int limit) {
        return names.find(text, Reach.EVERYWHERE, limit).stream()
                .map(NameQueries.Source::id)
                .toList();
    }

    private void camera(String edge, String id, String name) {
        database.writer()
                .handle()
                .execute(
                        "INSERT INTO camera (edge, id, name_zh, name_en, place_zh, place_en, grid, subject)"
                                + " VALUES (?, ?, ?, ?, '', '', '', '')",
                        edge,
                        id,
                        name,
                        name);
    }
}
