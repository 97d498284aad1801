package io.fengsui.fieldsim.app;

import io.fengsui.runtime.RoleThreads;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a town until it is told to stop. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Plays a town of cameras (RTSP) and sensors (MQTT) on 127.0.0.1, until it is stopped.")
final class RunCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 200;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--scenario",
            paramLabel = "FILE",
            description = "What happens (YAML). Without it: the town that comes with the program.")
    private @Nullable Path scenario;

    @Option(
            names = "--rtsp-port",
            defaultValue = "8554",
            description = "Port of the cameras (${DEFAULT-VALUE}); 0 takes a free one.")
    private int rtspPort;

    @Option(
            names = "--mqtt-port",
            defaultValue = "1883",
            description = "Port of the MQTT broker (${DEFAULT-VALUE}); 0 takes a free one.")
    private int mqttPort;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            defaultValue = "truth.jsonl",
            description = "Where what truly happens is written (${DEFAULT-VALUE}).")
    private Path truth = Path.of("truth.jsonl");

    @Option(
            names = "--spoken",
            paramLabel = "FILE",
            defaultValue = "spoken.log",
            description = "Where the loudspeaker writes what it says (${DEFAULT-VALUE}).")
    private Path spoken = Path.of("spoken.log");

    @Option(
            names = "--scenes",
            paramLabel = "DIR",
            defaultValue = "scenes",
            description = "Where encoded scenes are kept (${DEFAULT-VALUE}).")
    private Path scenes = Path.of("scenes");

    @Option(
            names = "--begin-within",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description =
                    "The script begins when every camera is watched, at the latest after this (${DEFAULT-VALUE}).")
    private int beginWithin;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Scenario plan = ScenarioFile.read(scenario);
        Path folder = spoken.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(RoleThreads.named("stop", () -> awaitStop(stop, stopped)));
        try (Town town =
                new Town(plan, new Town.Place(rtspPort, mqttPort, scenes, truth, spoken), TimeSource.system())) {
            out.println("field-sim ready rtsp=" + town.rtspPort() + " mqtt=" + town.mqttPort() + " cameras="
                    + plan.cameras().size() + " sensors=" + plan.sensors().size());
            out.flush();
            if (!awaitViewers(town, stop)) {
                town.begin();
                out.println("field-sim begins unwatched=" + town.unwatched());
                out.flush();
                stop.await();
            }
            out.println("field-sim stops frames=" + town.framesSent());
            out.flush();
        } finally {
            stopped.countDown();
        }
        return 0;
    }

    /** Waits until all cameras are watched; true when the program is to stop. */
    private boolean awaitViewers(Town town, CountDownLatch stop) throws InterruptedException {
        for (long waited = 0; waited < beginWithin * 1000L && town.unwatched() > 0; waited += POLL_MILLIS) {
            if (stop.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return stop.getCount() == 0;
    }

    private static void awaitStop(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            if (!stopped.await(10, TimeUnit.SECONDS)) {
                System.err.println("field-sim: a part did not close within 10 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
