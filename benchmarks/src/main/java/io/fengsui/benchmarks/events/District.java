package io.fengsui.benchmarks.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import io.fengsui.benchmarks.HubFile;
import io.fengsui.benchmarks.Scratch;
import io.fengsui.benchmarks.events.DistrictEvents.Device;
import io.fengsui.hub.app.Main;
import io.fengsui.hub.config.HubSettings;
import io.fengsui.protocol.link.CameraInfo;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.SensorInfo;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A district of Haicheng's size as `central-hub places generate` makes it up, and the files of a hub that has everything
 * switched on in it: places, units, what belongs together, deadlines, ladders, messages to each unit. Whoever is told is a
 * receiver of this process, which takes everything.
 */
final class District implements AutoCloseable {
    private static final Path CONFIG = Path.of("config").toAbsolutePath();
    /** Every so many devices know their position and not their grid. */
    private static final int WITHOUT_GRID = 10;

    private static final int NO_CONTENT = 204;
    private static final int RECEIVING = 8;

    private final Scratch scratch;
    private final HttpServer receiver;
    private final Map<String, List<Device>> boxes = new TreeMap<>();

    private District(Scratch scratch, HttpServer receiver) {
        this.scratch = scratch;
        this.receiver = receiver;
    }

    static District make() throws IOException {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(Executors.newFixedThreadPool(
                RECEIVING, Thread.ofPlatform().daemon().name("receiver-", 0).factory()));
        receiver.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(NO_CONTENT, -1);
            exchange.close();
        });
        District district = new District(Scratch.make("fengsui-district"), receiver);
        try {
            district.write();
        } catch (IOException | RuntimeException e) {
            district.close();
            throw e;
        }
        receiver.start(); // last: its thread would keep the program from ending
        return district;
    }

    private void write() throws IOException {
        Path town = scratch.folder().resolve("town");
        int status = Main.commandLine()
                .setOut(new PrintWriter(Writer.nullWriter()))
                .execute("places", "generate", "--out", town.toString());
        if (status != 0) {
            throw new IOException("the district cannot be made up in " + town);
        }
        for (String file : List.of("cameras.csv", "sensors.csv")) {
            try (Stream<String> lines = Files.lines(town.resolve(file), UTF_8)) {
                lines.skip(1)
                        .map(District::device)
                        .forEach(device -> boxes.computeIfAbsent(device.edge(), any -> new ArrayList<>())
                                .add(device));
            }
        }
        Files.writeString(scratch.folder().resolve("correlation.yaml"), correlation());
        Files.writeString(scratch.folder().resolve("notifications.yaml"), notifications(town.resolve("units.yaml")));
        Files.writeString(scratch.folder().resolve("central-hub.yaml"), """
                tickets:
                  policy: %1$s/ticket-policy.yaml
                  workflows: [%1$s/workflows/nine-step.yaml]
                  deadlines: %1$s/deadlines.yaml
                  calendar:
                    hours: [08:30-12:00, 14:00-17:30]
                    years: [%1$s/calendar/2025.yaml, %1$s/calendar/2026.yaml]
                  places: [town/areas.geojson]
                  units: town/units.yaml
                  correlation: correlation.yaml
                  notifications: notifications.yaml
                  ladders: %1$s/district/ladders.yaml
                """.formatted(CONFIG));
    }

    private static Device device(String line) {
        String[] fields = line.split(",", -1);
        String id = fields[0];
        boolean hasGrid = Integer.parseInt(id.substring(id.indexOf('-') + 1)) % WITHOUT_GRID != 0;
        Place.Position position = new Place.Position(Double.parseDouble(fields[3]), Double.parseDouble(fields[4]));
        return new Device(id, fields[1], fields[5], new Place(Name.NONE, hasGrid ? fields[2] : "", position));
    }

    /**
     * As in config/district, for this one's boxes: each is a switch on which its cameras hang. So many tickets in so short a time
     * would be one storm: the budget of what comes most is so large that none of it is stormed, that of crowds is the usual.
     */
    private String correlation() {
        StringBuilder hangs = new StringBuilder();
        boxes.forEach((edge, devices) -> hangs.append("    switch-")
                .append(edge)
                .append(": [")
                .append(devices.stream()
                        .filter(one -> one.kind().equals("camera"))
                        .map(Device::id)
                        .collect(Collectors.joining(", ")))
                .append("]\n"));
        return """
                same-thing:
                  - {kinds: [fire.*], metres: 150, within: 10m}
                  - {kinds: [water.level.*], metres: 500, within: 30m}
                cause:
                  kinds: [health.camera.offline, health.sensor.silent]
                  wait: 30s
                  common: 3
                  hangs-on:
                %sflapping:
                  - {kinds: [water.level.*, health.*], times: 3, within: 6h}
                storms:
                  - {kinds: [safety.crowd, safety.left-object], level: village, most: 20, within: 10m}
                  - {kinds: [safety.intrusion, traffic.*], level: village, most: 10000, within: 10m}
                maintenance:
                  - {kinds: [health.*], areas: ["99010002"], days: [saturday], from: "22:00", to: "04:00"}
                """.formatted(hangs);
    }

    /** As in config/district, with a contact for each unit. Quiet is a minute of the night, so that the hour makes no difference. */
    private String notifications(Path units) throws IOException {
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/";
        StringBuilder text = new StringBuilder("channels:\n");
        for (String channel : List.of("platform", "on-call", "units", "leaders")) {
            text.append("  - {id: ")
                    .append(channel)
                    .append(", webhook: {url: \"")
                    .append(url);
            text.append(channel).append("\"}}\n");
        }
        text.append("""
                contacts:
                  - id: platform
                    channels: [platform]
                    on: [opened, assigned, unrouted, moved, sent-back, closed, deadline-near, deadline-passed, severity-raised, severity-lowered, still-there, storm]
                  - id: desk
                    channels: [on-call]
                    on: [unrouted, deadline-passed, still-there, storm]
                  - id: leaders
                    channels: [leaders]
                    on: [supervised, extension-asked]
                    quiet: {from: "03:59", to: "04:00", except: critical}
                    limit: {most: 10, within: 1h}
                """);
        for (String line : Files.readAllLines(units, UTF_8)) {
            if (line.startsWith("  - id: ")) {
                String unit = line.substring("  - id: ".length());
                text.append("""
                          - id: %s
                            channels: [units]
                            units: [%s]
                            on: [assigned, sent-back, deadline-near, deadline-passed]
                            min-severity: minor
                            quiet: {from: "03:59", to: "04:00", except: critical}
                            limit: {most: 20, within: 1h}
                            group: {by: [category, village], wait: 30s, interval: 5m, repeat: 4h}
                        """.formatted(unit.equals("fire-brigade") ? "fire-duty" : unit, unit));
            }
        }
        return text.toString();
    }

    HubSettings settings(HubSettings.Storage storage) {
        return HubFile.read(scratch.folder().resolve("central-hub.yaml"), storage);
    }

    /** Of boxes. */
    int size() {
        return boxes.size();
    }

    /** The boxes of one database, each with all that it has and says. */
    List<Box> boxes(double share) {
        List<Box> tapes = new ArrayList<>();
        boxes.forEach((edge, devices) ->
                tapes.add(new Box(new EventTape(edge, inventory(devices)), new DistrictEvents(edge, devices, share))));
        return tapes;
    }

    /** A box: what it says goes on the tape. */
    record Box(EventTape tape, DistrictEvents events) {
        EventTape.Part next(int batches) {
            return tape.next(events, batches);
        }
    }

    private static Hello.Inventory inventory(List<Device> devices) {
        return new Hello.Inventory(
                devices.stream()
                        .filter(one -> one.kind().equals("camera"))
                        .map(one -> new CameraInfo(one.id(), name(one), one.place(), one.id()))
                        .toList(),
                devices.stream()
                        .filter(one -> !one.kind().equals("camera"))
                        .map(one -> new SensorInfo(one.id(), name(one), one.place(), one.id(), one.kind()))
                        .toList(),
                List.of());
    }

    private static Name name(Device device) {
        return new Name("设备" + device.id(), device.kind() + " " + device.id());
    }

    @Override
    public void close() throws IOException {
        receiver.stop(0);
        scratch.close();
    }
}
