package io.fengsui.benchmarks;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The simulated cameras and the broker, in a process of their own. */
record Field(Program program, int rtsp, int mqtt) implements AutoCloseable {
    private static final Pattern TOLD = Pattern.compile("rtsp=(\\d+) mqtt=(\\d+)");

    static Field start(Bench bench, int cameras) throws IOException, InterruptedException {
        Program program = Program.start(
                bench,
                "field-sim",
                "run",
                "--rtsp-port=0",
                "--mqtt-port=0",
                "--begin-within=1",
                "--scenario=" + Plans.scenario(bench, cameras));
        Matcher told = TOLD.matcher(program.awaitLine("field-sim ready"));
        if (!told.find()) {
            program.close();
            throw new IOException("field-sim told no ports");
        }
        return new Field(program, Integer.parseInt(told.group(1)), Integer.parseInt(told.group(2)));
    }

    @Override
    public void close() {
        program.close();
    }
}
