package io.fengsui.benchmarks.chaos.site;

import io.fengsui.benchmarks.chaos.lab.Daemon;
import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.lab.Ports;
import io.fengsui.benchmarks.chaos.lab.Waiting;
import io.fengsui.benchmarks.chaos.lab.Web;
import io.fengsui.benchmarks.chaos.oracle.Judgement;
import io.fengsui.benchmarks.chaos.town.Town;
import io.fengsui.benchmarks.chaos.town.TownFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A cloned memory card: a second box runs with a copy of the first one's data. Both have alarms of their own. The hub serves
 * neither and raises a security ticket; when both boxes get a new spool, one of them under a name of its own, both work again.
 */
public final class Clone implements Part {
    private static final String FIRST = "first";
    private static final String SECOND = "second";
    private static final String TWIN = "twin";
    private static final int PER_SECOND = 50;
    private static final Duration DETECTED = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "clone";
    }

    @Override
    public String promise() {
        return "G5";
    }

    @Override
    public Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception {
        Path copied = folder.resolve("clone-data");
        StringBuilder complaint = new StringBuilder();
        try (Town town = new Town(lab, folder, List.of(FIRST))) {
            town.start();
            alarm(town, FIRST);
            Judgement before = town.judge(FIRST);
            town.agent().terminate(Duration.ofSeconds(10));
            copy(folder.resolve("edge-data"), copied);
            town.startAgent();
            town.awaitAgent();
            town.awaitConnected();
            int port = Ports.free();
            double noticed;
            try (Daemon clone = start(lab, town, folder, "clone", copied, port);
                    Web web = new Web(port)) {
                awaitReady(clone, web);
                long begun = System.nanoTime();
                town.alarms().start(SECOND, TownFiles.GROUP, PER_SECOND);
                town.probe();
                Waiting.seconds("a ticket about the clone", DETECTED, () -> isTold(town));
                noticed = (System.nanoTime() - begun) / 1e9;
                town.alarms().stop();
            }
            // Both get a new spool, one of them a new name.
            town.agent().terminate(Duration.ofSeconds(10));
            Files.move(folder.resolve("edge-data"), folder.resolve("edge-data-old"));
            town.startAgent();
            town.awaitAgent();
            town.awaitConnected();
            int twinPort = Ports.free();
            try (Daemon twin = start(lab, town, folder, TWIN, folder.resolve("twin-data"), twinPort);
                    Web web = new Web(twinPort)) {
                awaitReady(twin, web);
                if (!Waiting.until(Town.PATIENCE, () -> web.metric("edge_uplink_connected") == 1)) {
                    complaint.append("the box with the new name is not served; ");
                }
                alarm(town, TWIN);
                if (town.judge(TWIN).acknowledged() == 0 || !town.judge(TWIN).isKept()) {
                    complaint
                            .append("the box with the new name: ")
                            .append(town.judge(TWIN).complaint());
                }
            }
            Judgement again = town.judge(FIRST);
            complaint.append(before.complaint());
            return Outcome.of(promise(), name(), 1, again, List.of(noticed), complaint.toString())
                    .noting("the time is from the second box's first alarms to the security ticket");
        }
    }

    private static Daemon start(Lab lab, Town town, Path folder, String name, Path data, int port) throws IOException {
        String group = name.equals(TWIN) ? TWIN : SECOND;
        String box = name.equals(TWIN) ? "edge-2" : "edge-1";
        Path file = TownFiles.agent(
                folder.resolve(name + ".yaml"),
                new TownFiles.Agent(
                        box,
                        "client-" + name,
                        data,
                        town.hubLine().port(),
                        port,
                        town.brokerLine().port()),
                List.of(group));
        List<String> command = lab.command("edge-agent");
        command.addAll(List.of("run", "--config", file.toString()));
        return Daemon.start(name, command, folder.resolve(name + ".log"), Map.of());
    }

    private static void awaitReady(Daemon program, Web web) throws IOException, InterruptedException {
        Waiting.seconds("the second box", Town.PATIENCE, () -> {
            if (!program.isAlive()) {
                throw new IOException("it ended:\n" + program.lastWords());
            }
            return web.isReady() && web.metric("edge_mqtt_connected") == 1;
        });
    }

    private static void alarm(Town town, String group) throws InterruptedException {
        town.alarms().start(group, TownFiles.GROUP, PER_SECOND);
        TimeUnit.SECONDS.sleep(2);
        town.alarms().stop();
    }

    private static boolean isTold(Town town) throws IOException, InterruptedException {
        return town.hubWeb()
                        .items("api/v1/tickets?limit=200&kind=security.edge.fork")
                        .size()
                == 1;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                if (!one.getFileName().toString().endsWith(".sock")) {
                    Files.copy(one, to.resolve(from.relativize(one)));
                }
            }
        }
    }
}
