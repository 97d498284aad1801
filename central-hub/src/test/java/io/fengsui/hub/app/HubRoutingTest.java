package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.access.user.Scope;
import io.fengsui.hub.access.user.UserBook;
import io.fengsui.hub.config.HubConfig;
import io.fengsui.hub.grid.place.Area;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.grid.unit.Router;
import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.hub.store.HubDatabase;
import io.fengsui.hub.store.query.FleetQueries;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tickets go to the unit of their place, and none goes to nobody unseen. */
class HubRoutingTest {
    @TempDir
    Path folder;

    @Test
    void givesATicketToTheUnitOfItsClassAndQueuesWhatNobodyAnswersFor() throws IOException {
        try (TestTown town = new TestTown(TestTown.routed(folder.resolve("data"), router("""
                units:
                  - {id: fire, name: {zh: 消防}, answers: [{kinds: [fire.*]}]}
                """)))) {
            Timeline day = new Timeline(town, "2026-11-23");
            day.at("09:00")
                    .event("fire.smoke", "smoke")
                    .at("09:01")
                    .event("water.leak", "leak")
                    .until("09:02");
            day.expect(day.between("09:00", "09:00")).fact("smoke", "unit-assigned", "\"fire\"");
            day.expect(day.between("09:01", "09:01")).fact("leak", "unrouted", "no-place");
            assertThat(town.rows("SELECT unit FROM ticket ORDER BY id"))
                    .extracting(row -> row.get("unit"))
                    .containsExactly("fire", "");
        }
    }

    @Test
    void makesADistrictInWhichEveryCameraStandsInItsGridAndHasItsUnit() throws IOException {
        assertThat(run("places", "generate", "--out", folder.toString())).isZero();
        Router router = router(Files.readString(folder.resolve("units.yaml")), folder.resolve("areas.geojson"));
        AreaBook areas = router.areas();
        assertThat(areas.all()).hasSize(1 + 7 + 51 + 520);
        assertThat(router.units()).hasSize(43);
        for (String file : List.of("cameras.csv", "sensors.csv")) {
            List<String> lines = Files.readAllLines(folder.resolve(file));
            assertThat(lines).hasSize(file.startsWith("cam") ? 10_001 : 5_001);
            for (int i = 1; i < lines.size(); i += 97) {
                String[] fields = lines.get(i).split(",", -1);
                Place.Position at = new Place.Position(Double.parseDouble(fields[3]), Double.parseDouble(fields[4]));
                assertThat(areas.at(at.longitude(), at.latitude()))
                        .map(Area::code)
                        .contains(fields[2]);
                Place unsaid = new Place(Name.NONE, "", at);
                assertThat(router.decide(new EventKind("safety.intrusion"), unsaid)
                                .unit())
                        .startsWith("street-")
                        .endsWith("-urban");
            }
        }
    }

    @Test
    void loadsTheDistrictAndShowsEachStreetItsOwn() throws IOException {
        Path made = folder.resolve("made");
        assertThat(run("places", "generate", "--out", made.toString())).isZero();
        AreaBook areas = router(Files.readString(made.resolve("units.yaml")), made.resolve("areas.geojson"))
                .areas();
        String config = folder.resolve("central-hub.yaml").toString();
        for (int i = 0; i < 2; i++) {
            assertThat(run("places", "load", "--config", config, made.toString()))
                    .isZero();
        }
        Path file = folder.resolve("data").resolve("hub.db");
        try (HubDatabase database = HubDatabase.open(new DatabaseSettings.SqliteFile(file), 1)) {
            FleetQueries fleet = new FleetQueries(database.reader());
            assertThat(fleet.totals(Reach.EVERYWHERE)).isEqualTo(new FleetQueries.Totals(51, 0, 10_000, 0, 0));
            UserBook people = new UserBook(areas);
            long cameras = 0;
            for (int street = 1; street <= 7; street++) {
                FleetQueries.Totals seen = fleet.totals(people.reach(new Scope(List.of("9901000" + street), "")));
                assertThat(seen.edges()).isBetween(7L, 8L);
                cameras += seen.cameras();
            }
            assertThat(cameras).isEqualTo(10_000);
            assertThat(fleet.edges(Reach.EVERYWHERE, "", 100))
                    .extracting(edge -> edge.counts().sensors())
                    .allMatch(sensors -> sensors > 80);
        }
    }

    @Test
    void saysWhichLineOfAnInventoryIsWrongAndLoadsNothing() throws IOException {
        Path made = Files.createDirectories(folder.resolve("made"));
        router("units: []\n");
        String config = folder.resolve("central-hub.yaml").toString();
        assertThat(run("places", "load", "--config", config, made.toString())).isEqualTo(2);
        String head = "id,kind,grid,longitude,latitude,edge,name_zh,name_en\n";
        Files.writeString(made.resolve("sensors.csv"), head);
        for (String line :
                List.of("c,camera,g,181,0,e,z,n", "c,camera,g,x,0,e,z,n", "c,camera,g", ",camera,g,1,1,e,z,n")) {
            Files.writeString(made.resolve("cameras.csv"), head + line + "\n");
            StringWriter said = new StringWriter();
            int status = Main.commandLine()
                    .setErr(new PrintWriter(said))
                    .execute("places", "load", "--config", config, made.toString());
            assertThat(status).as(line).isEqualTo(2);
            assertThat(said.toString()).as(line).contains("cameras.csv:2");
        }
        Files.writeString(made.resolve("cameras.csv"), "id,name\n");
        assertThat(run("places", "load", "--config", config, made.toString())).isEqualTo(2);
        assertThat(folder.resolve("data").resolve("hub.db")).doesNotExist();
    }

    @Test
    void joinsFilesOfAreasAndRefusesWhatIsNoTree() throws IOException {
        Path codes = Files.writeString(folder.resolve("codes.csv"), "code,level,name,parent\n1,city,城,\n11,grid,格,1\n");
        Path shapes = Files.writeString(folder.resolve("shapes.geojson"), """
                {"features": [{"properties": {"code": "11", "level": "grid", "name": "新格", "parent": "1"},
                  "geometry": {"type": "Polygon", "coordinates": [[[0,0],[1,0],[1,1],[0,0]]]}}]}""");
        Path out = folder.resolve("places.geojson");
        assertThat(run("places", "import", codes.toString(), shapes.toString(), "--out", out.toString()))
                .isZero();
        assertThat(Files.readString(out)).contains("新格", "MultiPolygon");
        Path orphan = Files.writeString(folder.resolve("orphan.csv"), "code,level,name,parent\n9,grid,孤,8\n");
        assertThat(run("places", "import", orphan.toString(), "--out", out.toString()))
                .isEqualTo(2);
        assertThat(Files.readString(out)).doesNotContain("孤");
        assertThat(run("places", "import", folder.resolve("none.csv").toString()))
                .isEqualTo(2);
    }

    private Router router(String units, Path... places) throws IOException {
        Files.writeString(folder.resolve("routes.yaml"), units);
        Path reference = TestTown.REFERENCE.toAbsolutePath().getParent();
        Path file = Files.writeString(
                folder.resolve("central-hub.yaml"), """
                tickets:
                  policy: %s/ticket-policy.yaml
                  workflows: [%s/workflows/nine-step.yaml]
                  units: routes.yaml
                  places: %s
                """.formatted(reference, reference, List.of(places)));
        HubConfig.Outcome outcome = HubConfig.check(file, name -> null);
        return Objects.requireNonNull(outcome.settings(), outcome.problems().toString())
                .tickets()
                .router();
    }

    private static int run(String... arguments) {
        return Main.commandLine()
                .setErr(new PrintWriter(new StringWriter()))
                .setOut(new PrintWriter(new StringWriter()))
                .execute(arguments);
    }
}
