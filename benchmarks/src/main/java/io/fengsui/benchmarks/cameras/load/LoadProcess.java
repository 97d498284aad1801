package io.fengsui.benchmarks.cameras.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The simulated cameras in their own process. */
public final class LoadProcess implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("rtsp=(\\d+)");
    private static final Pattern NUMBER = Pattern.compile("([a-z-]+)=([0-9.]+)");
    /** Making streams takes minutes, once. */
    private static final long PATIENCE_SECONDS = 1800;

    private final Started program;
    private final int port;
    private final Path truth;

    private LoadProcess(Started program, int port, Path truth) {
        this.program = program;
        this.port = port;
        this.truth = truth;
    }

    /** What is simulated. */
    public record Plan(Path library, List<String> classes, List<Path> footage, int cameras, boolean isUdp) {}

    public static LoadProcess start(Site site, Plan plan, Path folder) throws IOException, InterruptedException {
        Path truth = folder.resolve("truth.jsonl");
        List<String> command = new ArrayList<>(site.command("field-sim"));
        command.addAll(1, List.of("-XX:MaxDirectMemorySize=1g"));
        command.addAll(List.of(
                "load",
                "--library=" + plan.library(),
                "--classes=" + String.join(",", plan.classes()),
                "--cameras=" + plan.cameras(),
                "--truth=" + truth));
        plan.footage().forEach(clip -> command.add("--footage=" + clip));
        if (plan.isUdp()) {
            command.add("--udp");
        }
        Started program = new Started(command, folder, folder.resolve("load.log"));
        try {
            Matcher told = PORT.matcher(program.await("field-sim load ready", PATIENCE_SECONDS));
            if (!told.find()) {
                throw new IOException("the load generator told no port");
            }
            return new LoadProcess(program, Integer.parseInt(told.group(1)), truth);
        } catch (IOException | InterruptedException e) {
            program.close();
            throw e;
        }
    }

    public int port() {
        return port;
    }

    public ProcessTree tree() {
        return program.tree();
    }

    public Map<String, Double> stats() throws IOException, InterruptedException {
        program.tell("stats");
        Map<String, Double> numbers = new HashMap<>();
        Matcher matcher = NUMBER.matcher(program.await("stats ", 30));
        while (matcher.find()) {
            numbers.put(matcher.group(1), Double.valueOf(matcher.group(2)));
        }
        return numbers;
    }

    public void cut(int seconds, int dead) throws IOException, InterruptedException {
        program.tell("cut " + seconds + " " + dead);
        program.await("cut", 30);
    }

    public List<Truth> truth() throws IOException {
        return Files.exists(truth) ? Truth.read(truth) : List.of();
    }

    @Override
    public void close() {
        program.close();
    }
}
