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
    public Unrest.Strike strike(FengsuiContender agent, int number) throws InterruptedException {
        List<Long> workers = agent.tree().below();
        if (workers.isEmpty()) {
            return new Unrest.Strike("none-there", false);
        }
        long worker = workers.get(random.nextInt(workers.size()));
        Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
        return struck(fault.name().toLowerCase(Locale.ROOT), fault.of(worker));
    }

    /** Does it; a worker that has gone by itself meanwhile, or a program that is not there, is no hit. */
    static Unrest.Strike struck(String kind, List<String> command) throws InterruptedException {
        try {
            int status = new ProcessBuilder(command).inheritIO().start().waitFor();
            return status == 0 ? new Unrest.Strike(kind, true) : new Unrest.Strike(kind + "-failed", false);
        } catch (IOException e) {
            return new Unrest.Strike(kind + "-failed", false);
        }
    }

    @Override
    public Duration pause(int number) {
        return LEAST_PAUSE.plusMillis(random.nextInt(MORE_MILLIS));
    }
}
