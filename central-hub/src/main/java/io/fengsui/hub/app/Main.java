package io.fengsui.hub.app;

import io.fengsui.hub.config.HubConfig;
import io.fengsui.hub.config.HubSettings;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.value.Checks;
import io.fengsui.runtime.SystemdNotify;
import io.fengsui.runtime.TimeSource;
import io.fengsui.settings.Problems;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code central-hub} command. Exit status 0: well; 1: failed while running; 2: bad configuration or arguments. */
@Command(
        name = "central-hub",
        description = "Takes events from edges and makes tickets of them.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            Main.Run.class,
            Main.CheckConfig.class,
            KeepCommands.Backup.class,
            KeepCommands.Restore.class,
            AuditCommand.class,
            PlacesCommand.class,
            UserCommand.class
        })
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] arguments) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        System.exit(commandLine().execute(arguments));
    }

    public static CommandLine commandLine() {
        return new CommandLine(new Main());
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"central-hub " + (version == null ? "development" : version)};
        }
    }

    @Command(name = "run", description = "Runs the hub until it is told to stop.", mixinStandardHelpOptions = true)
    static final class Run extends ConfiguredCommand {
        private Problems refused = new Problems();

        @Override
        HubConfig.Outcome load(ConfigOption option) {
            HubConfig.Outcome outcome = option.load();
            refused = outcome.isLastGood() ? outcome.problems() : refused;
            return outcome;
        }

        @Override
        int run(HubSettings settings, PrintWriter out, PrintWriter err) throws InterruptedException {
            Hub hub = Hub.start(settings, TimeSource.system(), List.of());
            hub.keepTime();
            SystemdNotify systemd = SystemdNotify.of(System::getenv);
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                LOG.info("hub stopping");
                                systemd.stopping();
                                hub.close();
                                LOG.info("hub stopped");
                                stopped.countDown();
                            },
                            "stop"));
            if (!refused.isEmpty()) {
                LOG.error("the configuration is bad, the last good one runs:\n{}", refused);
                hub.shard().ring().trouble(EventKind.CONFIGURATION_REFUSED, cut(refused.toString()));
            }
            settings.tickets().telling().warnings().forEach(one -> LOG.warn("{}", one));
            String scheme = settings.listen().tls() == null ? "http" : "https";
            LOG.info(
                    "hub ready address={}://{}:{}",
                    scheme,
                    settings.listen().address().getHostAddress(),
                    hub.port());
            systemd.ready();
            sayHowToBegin(hub, out);
            Stuck stuck = new Stuck(hub.shards(), TimeSource.system());
            try (Ticker watchdog = new Ticker("watchdog", () -> {
                if (!stuck.isStuck()) {
                    systemd.alive();
                }
            })) {
                LOG.debug("watchdog fed by {}", watchdog);
                stopped.await();
            }
            return 0;
        }
    }

    /** Not into the log: the code makes an admin. */
    private static void sayHowToBegin(Hub hub, PrintWriter out) {
        if (hub.reception().door().needsSetUp()) {
            String code = hub.reception().setUp().make(TimeSource.system().wall());
            out.println("尚无用户。请在 /setup 用此一次性初始化码建立首位管理员(1 小时内有效):" + code);
            out.println(
                    "No user yet. Make the first admin at /setup with this one-time code, good for an hour: " + code);
            out.flush();
        }
    }

    @Command(
            name = "check-config",
            description = "Says what is wrong with the configuration, all at once.",
            mixinStandardHelpOptions = true)
    static final class CheckConfig extends ConfiguredCommand {
        @Override
        int run(HubSettings settings, PrintWriter out, PrintWriter err) {
            out.println(config().file() + ": good");
            warnOfHolidays(settings, LocalDate.now(settings.zone()), out);
            settings.tickets().telling().warnings().forEach(one -> out.println("warning: " + one));
            return 0;
        }

        /** Each year's holidays are announced in the autumn before: whoever forgets the file is told in time. */
        static void warnOfHolidays(HubSettings settings, LocalDate today, PrintWriter out) {
            IntStream.of(today.getYear(), today.plusDays(45).getYear())
                    .distinct()
                    .filter(year -> !settings.tickets().deadlines().calendar().knows(year))
                    .forEach(year -> out.println("warning: deadlines in working days hang on holidays, and those of "
                            + year + " are not known: only its weekends count; add calendar/" + year
                            + ".yaml to the calendar's years once the State Council has announced them"));
        }
    }

    private static String cut(String text) {
        return text.length() <= Checks.MAX_TEXT ? text : text.substring(0, Checks.MAX_TEXT);
    }
}
