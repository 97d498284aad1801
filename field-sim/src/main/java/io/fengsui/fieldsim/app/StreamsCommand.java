package io.fengsui.fieldsim.app;

import io.fengsui.fieldsim.library.StreamClass;
import io.fengsui.fieldsim.library.StreamLibrary;
import io.fengsui.fieldsim.library.StreamRecipe;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the streams of the load generator, each once. */
@Command(
        name = "streams",
        mixinStandardHelpOptions = true,
        description = "Makes minutes of coded video with ground truth beside it, each stream once (needs ffmpeg).")
final class StreamsCommand implements Callable<Integer> {
    private static final int IDLE_SECONDS = 60;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--library",
            paramLabel = "DIR",
            defaultValue = "streams",
            description = "Where streams are kept (${DEFAULT-VALUE}).")
    private Path library = Path.of("streams");

    @Option(
            names = "--classes",
            split = ",",
            paramLabel = "CLASS",
            description =
                    "Which classes: quiet, quiet-cbr, vbr, vbr-grain, vbr-night, cbr, cbr-grain, cbr-night, long-gop, h265. All by"
                            + " default.")
    private List<String> classes = List.of();

    @Option(
            names = "--footage",
            paramLabel = "FILE",
            description = "A clip of a fixed camera, to be sent after a stretch of its first picture.")
    private List<Path> footage = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        StreamLibrary streams = new StreamLibrary(library);
        List<StreamClass> kinds = classes.isEmpty()
                ? List.of(StreamClass.values())
                : classes.stream().map(StreamClass::of).toList();
        for (StreamRecipe recipe : StreamRecipe.of(kinds)) {
            tell(streams.stream(recipe));
        }
        for (Path clip : footage) {
            tell(streams.footage(clip, IDLE_SECONDS));
        }
        return 0;
    }

    private void tell(StreamLibrary.Entry entry) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        double seconds = (double) entry.truth().frames() / entry.truth().framesPerSecond();
        out.printf(
                "%s kind=%s seconds=%.0f kbit/s=%.0f happenings=%d%n",
                entry.video(),
                entry.truth().kind(),
                seconds,
                Files.size(entry.video()) * 8 / 1000.0 / seconds,
                entry.truth().happenings().size());
        out.flush();
    }
}
