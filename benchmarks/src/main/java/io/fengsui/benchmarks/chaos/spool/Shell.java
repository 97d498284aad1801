package io.fengsui.benchmarks.chaos.spool;

import io.fengsui.benchmarks.chaos.lab.SkippedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Commands of the system. */
final class Shell {
    private Shell() {}

    /** Whether it ended well. */
    static boolean run(String... command) throws IOException, InterruptedException {
        return output(command).isEmpty();
    }

    /** Runs what a part cannot be without. */
    static void need(String... command) throws InterruptedException, SkippedException {
        String said;
        try {
            said = output(command);
        } catch (IOException e) {
            said = String.valueOf(e.getMessage());
        }
        if (!said.isEmpty()) {
            throw new SkippedException(String.join(" ", command) + ": " + said);
        }
    }

    /** What is wrong; empty when it ended well. */
    private static String output(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.put("PATH", environment.getOrDefault("PATH", "") + ":/usr/sbin:/sbin");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int status = process.waitFor();
        return status == 0 ? "" : "status " + status + " " + said;
    }
}
