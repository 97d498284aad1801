package io.fengsui.fieldsim.app;

import io.fengsui.fieldsim.library.StreamClass;
import io.fengsui.fieldsim.library.StreamLibrary;
import io.fengsui.fieldsim.library.StreamRecipe;
import io.fengsui.fieldsim.load.LoadServer;
import io.fengsui.runtime.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays hundreds of cameras for measurements. Driven by lines on its standard input; the end of it ends the program. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = {
            "Plays hundreds of cameras (RTSP) on 127.0.0.1 with little CPU, for measurements: cam-0, cam-1 and so on.",
            "Reads commands from standard input: 'stats', 'cut SECONDS DEAD', 'quit'."
        })
final class LoadCommand implements Callable<Integer> {
    private static final int IDLE_SECONDS = 60;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--library",
            paramLabel = "DIR",
            defaultValue = "streams",
            description = "Where streams are kept (${DEFAULT-VALUE}); those that are missing are made.")
    private Path library = Path.of("streams");

    @Option(
            names = "--classes",
            split = ",",
            paramLabel = "CLASS",
            defaultValue = "vbr",
            description = "Classes of streams, shared among the cameras in turn (${DEFAULT-VALUE}).")
    private List<String> classes = List.of();

    @Option(
            names = "--footage",
            paramLabel = "FILE",
            description = "A clip of a fixed camera, in turn with the others.")
    private List<Path> footage = List.of();

    @Option(names = "--cameras", defaultValue = "100", description = "How many (${DEFAULT-VALUE}).")
    private int cameras;

    @Option(names = "--rtsp-port", defaultValue = "0", description = "Port (${DEFAULT-VALUE}); 0 takes a free one.")
    private int port;

    @Option(names = "--udp", description = "Refuse interleaving and send datagrams.")
    private boolean isUdp;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            defaultValue = "truth.jsonl",
            description = "Where what truly happens is written (${DEFAULT-VALUE}).")
    private Path truth = Path.of("truth.jsonl");

    @Override
    public Integer call() throws IOException, InterruptedException {
        StreamLibrary streams = new StreamLibrary(library);
        List<StreamLibrary.Entry> entries = new ArrayList<>();
        for (StreamRecipe recipe :
                StreamRecipe.of(classes.stream().map(StreamClass::of).toList())) {
            entries.add(streams.stream(recipe));
        }
        for (Path clip : footage) {
            entries.add(streams.footage(clip, IDLE_SECONDS));
        }
        PrintWriter out = spec.commandLine().getOut();
        LoadServer.Plan plan = new LoadServer.Plan(port, cameras, isUdp, truth);
        try (LoadServer server = LoadServer.start(plan, entries, TimeSource.system())) {
            out.println("field-sim load ready rtsp=" + server.port() + " cameras=" + cameras);
            obey(server, out);
        }
        return 0;
    }

    private static void obey(LoadServer server, PrintWriter out) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
            String[] words = line.strip().split(" +", -1);
            if (words[0].equals("stats")) {
                out.println(server.stats());
            } else if (line.matches("cut [0-9]{1,4} [0-9]{1,5}")) {
                server.cut(Duration.ofSeconds(Integer.parseInt(words[1])), Integer.parseInt(words[2]));
                out.println("cut");
            } else {
                out.println("unknown command; there are: stats, cut SECONDS DEAD, quit");
            }
            out.flush();
        }
    }
}
