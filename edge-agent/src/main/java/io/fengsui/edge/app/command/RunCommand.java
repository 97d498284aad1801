package io.fengsui.edge.app.command;

import io.fengsui.edge.app.AgentDesk;
import io.fengsui.edge.app.AgentVersion;
import io.fengsui.edge.app.EdgeAgent;
import io.fengsui.edge.config.ConfigurationStore;
import io.fengsui.edge.config.ConfigurationStore.Loaded;
import io.fengsui.edge.ops.OpsServer;
import io.fengsui.edge.ops.Readiness;
import io.fengsui.edge.ops.Stuck;
import io.fengsui.edge.ops.Watchdog;
import io.fengsui.runtime.CloseStack;
import io.fengsui.runtime.DiskWait;
import io.fengsui.runtime.SystemdNotify;
import io.fengsui.settings.Problems;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Info;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code edge-agent run}: until it is told to end. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs the agent until it is told to end (SIGTERM).")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
    private static final int BAD_CONFIGURATION = 2;
    private static final Duration PAUSE = Duration.ofMinutes(1);
    /** From the word to end, or of an end by itself: a little less than the ten seconds that are promised. */
    private static final Duration DRAIN = Duration.ofMillis(9_500);

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ConfigurationStore store = config.store();
        return switch (store.load()) {
            case Loaded.Refused refused -> {
                spec.commandLine().getErr().println(refused.problems());
                yield BAD_CONFIGURATION;
            }
            case Loaded.Accepted good -> {
                yield serve(store, new EdgeAgent.Configuration(good.settings(), good.hash()), null);
            }
            case Loaded.FellBack lastGood -> {
                yield serve(
                        store, new EdgeAgent.Configuration(lastGood.settings(), lastGood.hash()), lastGood.problems());
            }
        };
    }

    /** The exit status, see {@link Ending}. */
    private static int serve(
            ConfigurationStore store, EdgeAgent.Configuration configuration, @Nullable Problems problems)
            throws IOException, InterruptedException {
        Ending ending = new Ending(PAUSE);
        SystemdNotify systemd = SystemdNotify.of(System::getenv);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ending.stop(ended, DRAIN), "shutdown"));
        try (CloseStack stack = new CloseStack()) {
            PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            stack.push("meters", registry::close);
            bindProcess(registry);
            EdgeAgent agent = stack.push("agent", EdgeAgent.start(store, configuration, registry));
            AgentDesk desk = new AgentDesk(agent);
            LateControl control =
                    new LateControl(configuration.settings().storage().dataDirectory(), desk, stack);
            control.start(!desk.isSpoolOpen());
            Readiness readiness = new Readiness();
            desk.addChecks(readiness);
            // Where a disk does not answer a new start would not come up, and all that needs no disk would end.
            Stuck stuck = new Stuck(desk::threads, DiskWait.ofThisProcess()::holds);
            OpsServer ops = stack.push(
                    "ops", OpsServer.start(configuration.settings().outward().ops(), registry, readiness, stuck));
            if (problems != null) {
                agent.tellRefused(problems);
            }
            desk.onSpoolDamage(ending::look);
            desk.onSpoolOpen(ending::look);
            readiness.started();
            LOG.info(
                    "edge={} is up: {} cameras, {} sensors, metrics on port {}",
                    configuration.settings().identity().edge(),
                    configuration.settings().cameras().size(),
                    configuration.settings().field().sensors().size(),
                    ops.port());
            systemd.ready();
            stack.push("watchdog", Watchdog.start(stuck, systemd::alive));
            int status = ending.await(
                    desk::isSpoolDamaged,
                    configuration.settings().storage().dataDirectory(),
                    () -> control.startAgain(desk.isSpoolOpen()));
            LOG.info("stopping");
            systemd.stopping();
            return status;
        } finally {
            ended.countDown();
        }
    }

    private static void bindProcess(PrometheusMeterRegistry registry) {
        // an Info and not a gauge: the client library takes "_info" away from a gauge's name
        Info.builder()
                .name("build_info")
                .help("The program's version; always 1")
                .labelNames("version", "java")
                .register(registry.getPrometheusRegistry())
                .setLabelValues(AgentVersion.TEXT, Runtime.version().toString());
        // names that promtool refuses
        registry.config()
                .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
                .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }
}
