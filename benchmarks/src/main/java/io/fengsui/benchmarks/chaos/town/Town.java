package io.fengsui.benchmarks.chaos.town;

import io.fengsui.benchmarks.chaos.lab.Daemon;
import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Ports;
import io.fengsui.benchmarks.chaos.lab.Waiting;
import io.fengsui.benchmarks.chaos.lab.Web;
import io.fengsui.benchmarks.chaos.oracle.Judgement;
import io.fengsui.benchmarks.chaos.oracle.Obligations;
import io.fengsui.fieldsim.proxy.FaultProxy;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A hub, an agent and a broker as processes, the agent's lines to both through fault proxies, and a publisher of alarms. Each part
 * of a run has its own group of sensors, so that each can be judged alone. Confined to one thread.
 */
public final class Town implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Probes that a town has sensors for. */
    public static final int PROBES = 400;

    private static final String PROBE = "probe";

    private final Lab lab;
    private final Path folder;
    private final int hubPort = Ports.free();
    private final int opsPort = Ports.free();
    private final int brokerPort = Ports.free();
    private final Path hubFile;
    private final List<String> sensors;
    private final Path agentFile;
    private final Obligations obligations;
    private final FaultProxy hubLine;
    private final FaultProxy brokerLine;
    private final Alarms alarms;
    private final Web hubWeb = new Web(hubPort);
    private final Web agentWeb = new Web(opsPort);
    private final HubBook book;
    private final Court court;
    private final Daemon broker;
    private @Nullable Daemon hub;
    private @Nullable Daemon agent;
    private Map<String, String> agentEnvironment = Map.of();
    private Map<String, String> hubEnvironment = Map.of();
    private int probes;

    public Town(Lab lab, Path folder, List<String> groups) throws IOException, InterruptedException {
        this.lab = lab;
        this.folder = Files.createDirectories(folder);
        this.hubFile = TownFiles.hub(lab.project(), folder, hubPort);
        this.book = new HubBook(folder.resolve("hub-data/hub.db"));
        Path owed = folder.resolve("obligations");
        this.obligations = Obligations.append(owed);
        this.court = new Court(book, owed);
        this.hubLine = FaultProxy.start(0, local(hubPort), 1, TimeSource.system());
        this.brokerLine = FaultProxy.start(0, local(brokerPort), 2, TimeSource.system());
        this.sensors =
                Stream.concat(groups.stream(), Stream.of(PROBE + "*" + PROBES)).toList();
        this.agentFile = agentFile(brokerLine.port());
        this.broker = startBroker();
        this.alarms = new Alarms(brokerPort, obligations);
    }

    private Path agentFile(int brokerPort) throws IOException {
        return TownFiles.agent(
                folder.resolve("edge-agent.yaml"),
                new TownFiles.Agent(
                        "edge-1", "edge-1", folder.resolve("edge-data"), hubLine.port(), opsPort, brokerPort),
                sensors);
    }

    /** How the hub watches its edges from its next start on. */
    public void hubEdges(String yaml) throws IOException {
        String before = Files.readString(hubFile);
        String after = before.replace(TownFiles.EDGES, yaml);
        if (after.equals(before)) {
            throw new IllegalStateException("how the hub watches its edges was said before");
        }
        Files.writeString(hubFile, after);
    }

    public int hubPort() {
        return hubPort;
    }

    /** From its next start the agent looks for its broker at this port: of somebody who stands before {@link #brokerLine}. */
    public void brokerThrough(int port) throws IOException {
        agentFile(port);
    }

    /** How often the agent asks from its next start on whether its broker is still there. */
    public void brokerKeepAlive(Duration keepAlive) throws IOException {
        String before = Files.readString(agentFile);
        Files.writeString(
                agentFile, before.replace(TownFiles.KEEP_ALIVE, "keep-alive: " + keepAlive.toSeconds() + "s"));
    }

    private static InetSocketAddress local(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private Daemon startBroker() throws IOException, InterruptedException {
        List<String> command;
        Path mosquitto = lab.mosquitto();
        if (mosquitto != null) {
            command = List.of(
                    mosquitto.toString(),
                    "-c",
                    TownFiles.mosquitto(folder, brokerPort).toString());
        } else {
            command = lab.command("benchmarks");
            command.addAll(List.of("chaos-broker", Integer.toString(brokerPort)));
        }
        Daemon started = Daemon.start("broker", command, folder.resolve("broker.log"), Map.of());
        Waiting.seconds("the broker", PATIENCE, () -> {
            new java.net.Socket(InetAddress.getLoopbackAddress(), brokerPort).close();
            return true;
        });
        return started;
    }

    /** Starts hub and agent, and returns when the agent has reached hub and broker. */
    public void start() throws IOException, InterruptedException {
        startHub();
        awaitHub();
        startAgent();
        awaitAgent();
        awaitConnected();
    }

    /** Starts the hub, with more options for its JVM. */
    public void startHub(String... options) throws IOException {
        List<String> command = lab.command("central-hub");
        command.addAll(1, List.of(options));
        command.addAll(List.of("run", "--config", hubFile.toString()));
        hub = Daemon.start("hub", command, folder.resolve("hub.log"), hubEnvironment);
    }

    /** Runs a command of the hub's to its end. */
    public void hubCommand(String name, String... arguments) throws IOException, InterruptedException {
        List<String> command = lab.command("central-hub");
        command.addAll(List.of(name, "--config", hubFile.toString()));
        command.addAll(List.of(arguments));
        try (Daemon run = Daemon.start("hub " + name, command, folder.resolve("hub-" + name + ".log"), Map.of())) {
            if (!run.awaitEnd(PATIENCE) || run.exitStatus() != 0) {
                throw new IOException("hub " + name + " failed:\n" + run.lastWords());
            }
        }
    }

    public void startAgent() throws IOException {
        List<String> command = lab.command("edge-agent");
        command.addAll(List.of("run", "--config", agentFile.toString()));
        agent = Daemon.start("agent", command, folder.resolve("edge.log"), agentEnvironment);
    }

    /** What the agent is given at its next start. */
    public void agentEnvironment(Map<String, String> environment) {
        agentEnvironment = Map.copyOf(environment);
    }

    /** What the hub is given at its next start. */
    public void hubEnvironment(Map<String, String> environment) {
        hubEnvironment = Map.copyOf(environment);
    }

    public void awaitHub() throws IOException, InterruptedException {
        awaitReady(hub(), hubWeb);
    }

    public void awaitAgent() throws IOException, InterruptedException {
        awaitReady(agent(), agentWeb);
    }

    private static void awaitReady(Daemon program, Web web) throws IOException, InterruptedException {
        Waiting.until(PATIENCE, () -> !program.isAlive() || web.isReady());
        if (!program.isAlive()) {
            throw new IOException(program + " ended at its start:\n" + program.lastWords());
        }
        if (!web.isReady()) {
            throw new IOException(program + " is not ready:\n" + program.lastWords());
        }
    }

    public void awaitConnected() throws IOException, InterruptedException {
        Waiting.seconds(
                "the agent's connections",
                PATIENCE,
                () -> agentWeb.metric("edge_uplink_connected") == 1 && agentWeb.metric("edge_mqtt_connected") == 1);
    }

    /** An alarm of a sensor that never alarmed before; its name. */
    public String probe() throws InterruptedException {
        if (probes == PROBES) {
            throw new IllegalStateException("no sensor is left for a probe");
        }
        String sensor = PROBE + "-" + probes;
        probes++;
        alarms.raise(sensor);
        return sensor;
    }

    /** Whether the hub shows the alarm of this probe. */
    public boolean hasCome(String probe) throws IOException, InterruptedException {
        return !hubWeb.items("api/v1/events?limit=1&source=" + probe).isEmpty();
    }

    /** Seconds until a fresh alarm is through, or negative. */
    public double freshAlarm() throws InterruptedException {
        return freshAlarm(PATIENCE);
    }

    /** The same, waiting no longer than this. */
    public double freshAlarm(Duration patience) throws InterruptedException {
        String probe = probe();
        long begun = System.nanoTime();
        return Waiting.until(patience, () -> hasCome(probe)) ? (System.nanoTime() - begun) / 1e9 : -1;
    }

    /** Waits until nothing is under way, then judges what came of the alarms of these groups of sensors. */
    public Judgement judge(String... groups) throws IOException, InterruptedException {
        return court.judge(freshAlarm() >= 0, groups);
    }

    public Alarms alarms() {
        return alarms;
    }

    public HubBook book() {
        return book;
    }

    public FaultProxy hubLine() {
        return hubLine;
    }

    public FaultProxy brokerLine() {
        return brokerLine;
    }

    public Web hubWeb() {
        return hubWeb;
    }

    public Web agentWeb() {
        return agentWeb;
    }

    public Daemon broker() {
        return broker;
    }

    public Daemon hub() {
        return started(hub, "hub");
    }

    public Daemon agent() {
        return started(agent, "agent");
    }

    private static Daemon started(@Nullable Daemon program, String name) {
        if (program == null) {
            throw new IllegalStateException("the " + name + " was not started");
        }
        return program;
    }

    @Override
    public void close() throws IOException {
        if (agent != null) {
            agent.close();
        }
        if (hub != null) {
            hub.close();
        }
        alarms.close();
        broker.close();
        hubLine.close();
        brokerLine.close();
        hubWeb.close();
        agentWeb.close();
        obligations.close();
    }
}
