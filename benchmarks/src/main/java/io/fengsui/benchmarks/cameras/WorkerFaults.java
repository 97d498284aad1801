package io.fengsui.benchmarks.cameras;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** A worker, drawn by lot, is killed, stopped, crashed or left without memory. The same seed gives the same faults. */
final class WorkerFaults implements Unrest.Disturbance {
    private static final Duration LEAST_PAUSE = Duration.ofSeconds(4);
    private static final int MORE_MILLIS = 6000;

    private enum Fault {
        KILL("kill", "-KILL"),
        STOP("kill", "-STOP"),
        CRASH("kill", "-SEGV"),
        /** What it maps from now on is refused, as on a box whose memory is used up. */
        NO_MEMORY("prlimit", "--as=1000000");

        private final String program;
        private final String option;

        Fault(String program, String option) {
            this.program = program;
            this.option = option;
        }

        List<String> of(long pid) {
            return this == NO_MEMORY
                    ? List.of(program, "--pid=" + pid, option)
                    : List.of(program, option, Long.toString(pid));
        }
    }

    private final SplittableRandom random = new SplittableRandom(42);

    @Override
    public String strike(FengsuiContender agent, int number) throws IOException, InterruptedException {
        List<Long> workers = agent.tree().below();
        if (workers.isEmpty()) {
            return "none-there";
        }
        long worker = workers.get(random.nextInt(workers.size()));
        Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
        new ProcessBuilder(fault.of(worker)).inheritIO().start().waitFor();
        return fault.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Duration pause(int number) {
        return LEAST_PAUSE.plusMillis(random.nextInt(MORE_MILLIS));
    }
}
