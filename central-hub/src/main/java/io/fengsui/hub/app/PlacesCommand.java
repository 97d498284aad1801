package io.fengsui.hub.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fengsui.hub.config.HubSettings;
import io.fengsui.hub.fleet.Edge;
import io.fengsui.hub.grid.place.Area;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.grid.place.AreaFiles;
import io.fengsui.hub.grid.place.AreaLevel;
import io.fengsui.hub.grid.place.GeoJsonAreas;
import io.fengsui.hub.store.HubDatabase;
import io.fengsui.hub.store.rows.EdgeRows;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.value.Name;
import io.fengsui.settings.Problem;
import io.fengsui.settings.Problems;
import io.fengsui.settings.Where;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code central-hub places}: exit status 0 when well, 1 when a file cannot be written, 2 when one is wrong. */
@Command(
        name = "places",
        description = "Brings in areas, or makes a district up.",
        mixinStandardHelpOptions = true,
        subcommands = {PlacesCommand.Import.class, PlacesCommand.Generate.class, PlacesCommand.Load.class})
final class PlacesCommand {
    private PlacesCommand() {}

    @Command(
            name = "import",
            description = {
                "Checks files of areas (.geojson or .csv) and joins them into one that tickets.places names.",
                "An area that comes again takes the place of the one before; one without a polygon keeps its polygon."
            },
            mixinStandardHelpOptions = true)
    static final class Import implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Parameters(arity = "1..*", paramLabel = "FILE", description = "GeoJSON or CSV")
        @SuppressWarnings("NullAway.Init")
        private List<Path> files;

        @Option(names = "--out", defaultValue = "config/places.geojson", description = "Default: ${DEFAULT-VALUE}")
        @SuppressWarnings("NullAway.Init")
        private Path out;

        @Override
        public Integer call() throws IOException {
            Problems problems = new Problems();
            Map<String, Area> areas = new LinkedHashMap<>();
            List<Path> all = new ArrayList<>();
            if (Files.exists(out)) {
                all.add(out);
            }
            all.addAll(files);
            for (Path file : all) {
                read(file, problems).forEach(area -> areas.merge(area.code(), area, Import::newer));
            }
            AreaBook.faults(areas.values())
                    .forEach(fault -> problems.add(Where.file(out.toString()), Problem.Code.REFERENCE, fault, ""));
            if (!problems.isEmpty()) {
                PrintWriter err = spec.commandLine().getErr();
                err.println(problems);
                err.flush();
                return 2;
            }
            replace(out, GeoJsonAreas.write(areas.values()));
            PrintWriter say = spec.commandLine().getOut();
            say.println(out + ": " + counts(areas));
            say.flush();
            return 0;
        }

        private static Area newer(Area old, Area fresh) {
            return fresh.shape() != null
                    ? fresh
                    : new Area(fresh.code(), fresh.level(), fresh.name(), fresh.parent(), fresh.leader(), old.shape());
        }

        private static List<Area> read(Path file, Problems problems) {
            try {
                if (Files.size(file) > AreaFiles.MAX_BYTES) {
                    problems.add(
                            Where.file(file.toString()),
                            Problem.Code.FILE,
                            "has more than " + AreaFiles.MAX_BYTES + " bytes",
                            "a smaller file");
                    return List.of();
                }
                return AreaFiles.read(file.toString(), Files.readAllBytes(file), problems);
            } catch (IOException e) {
                problems.add(
                        Where.file(file.toString()),
                        Problem.Code.FILE,
                        "cannot be read (" + e.getClass().getSimpleName() + ")",
                        "the path of a file that is there and may be read");
                return List.of();
            }
        }

        private static String counts(Map<String, Area> areas) {
            StringBuilder text = new StringBuilder();
            for (AreaLevel level : AreaLevel.values()) {
                long count = areas.values().stream()
                        .filter(area -> area.level() == level)
                        .count();
                text.append(text.isEmpty() ? "" : ", ")
                        .append(level.name().toLowerCase(Locale.ROOT))
                        .append(' ')
                        .append(count);
            }
            return text.toString();
        }
    }

    @Command(
            name = "generate",
            description =
                    "Writes a made-up district: 7 streets, 51 villages, 520 grids, 43 units, 10,000 cameras, 5,000 sensors.",
            mixinStandardHelpOptions = true)
    static final class Generate implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Option(names = "--out", defaultValue = "town", description = "Folder. Default: ${DEFAULT-VALUE}")
        @SuppressWarnings("NullAway.Init")
        private Path out;

        @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
        private long seed;

        @Override
        public Integer call() throws IOException {
            Files.createDirectories(out);
            PrintWriter say = spec.commandLine().getOut();
            for (GeneratedTown.TownFile file : new GeneratedTown(seed).files()) {
                replace(out.resolve(file.name()), file.content());
                say.println(out.resolve(file.name()));
            }
            say.flush();
            return 0;
        }
    }

    @Command(
            name = "load",
            description = {
                "Puts the boxes, cameras and sensors that `generate` has written into the hub's database.",
                "Each box is known as if it had been connected once: to try a district of that size. The hub must be stopped."
            },
            mixinStandardHelpOptions = true)
    static final class Load extends ConfiguredCommand {
        private static final Edge.Version VERSION = new Edge.Version("places load", Hello.PROTOCOL_VERSION, "");

        @Parameters(paramLabel = "FOLDER", description = "With cameras.csv and sensors.csv.")
        @SuppressWarnings("NullAway.Init")
        private Path folder;

        @Override
        int run(HubSettings settings, PrintWriter out, PrintWriter err) throws IOException {
            Problems problems = new Problems();
            Map<String, Hello.Inventory> inventories =
                    InventoryFiles.read(folder.resolve("cameras.csv"), folder.resolve("sensors.csv"), problems);
            if (!problems.isEmpty()) {
                err.println(problems);
                return ConfigOption.BAD;
            }
            Files.createDirectories(settings.data());
            try (DataLock held = DataLock.take(settings.data());
                    HubDatabase database = HubDatabase.open(settings.database(), 1)) {
                EdgeRows rows = new EdgeRows(database.writer(), false);
                Instant now = Instant.now();
                database.writer().begin();
                rows.write(inventories.keySet().stream()
                        .map(edge -> edge(edge, held.owner(), now))
                        .toList());
                rows.writeInventories(inventories);
                database.writer().commit();
            }
            int cameras = inventories.values().stream()
                    .mapToInt(one -> one.cameras().size())
                    .sum();
            int sensors = inventories.values().stream()
                    .mapToInt(one -> one.sensors().size())
                    .sum();
            out.println(inventories.size() + " boxes, " + cameras + " cameras, " + sensors + " sensors");
            return 0;
        }

        private static Edge edge(String id, String epoch, Instant now) {
            Hello.Identity identity = new Hello.Identity(id, id, new Name(id, id), epoch, "", "");
            return new Edge(identity, VERSION, now, now, Duration.ZERO, false, null, null);
        }
    }

    /** As a whole, or not at all. */
    private static void replace(Path file, String content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, content.getBytes(UTF_8));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
