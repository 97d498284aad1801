package io.fengsui.benchmarks.chaos.spool;

import io.fengsui.benchmarks.chaos.lab.Faults;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.oracle.Judgement;
import io.fengsui.benchmarks.chaos.oracle.Obligations;
import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.runtime.ManualTimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Opens a spool, writes to it and closes it, again and again; in the n-th run the n-th write or fsync fails, once or from then on
 * for a while, with EIO or ENOSPC. What was acknowledged has to be there when it is opened again on a disk that is well. Started with the shim. Arguments: folder, file of faults, last n, step, file of the outcome.
 */
public final class DiskErrorsMain {
    private static final int BATCHES = 8;
    private static final int MOST_FAILURES = 200;
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(40);

    private final Path folder;
    private final Faults faults;
    private long injected;
    private long acknowledged;
    private long lost;
    private long doubled;
    private final List<String> complaints = new ArrayList<>();

    private DiskErrorsMain(Path folder, Faults faults) {
        this.folder = folder;
        this.faults = faults;
    }

    public static void main(String[] arguments) throws Exception {
        DiskErrorsMain run = new DiskErrorsMain(Path.of(arguments[0]), new Faults(Path.of(arguments[1])));
        int last = Integer.parseInt(arguments[2]);
        int step = Integer.parseInt(arguments[3]);
        for (int nth = 1; nth <= last; nth += step) {
            run.once(new Fault(nth, Faults.EIO, false, true));
            run.once(new Fault(nth, Faults.ENOSPC, true, true));
            run.once(new Fault(nth, Faults.EIO, nth % 2 == 0, false));
            run.once(new Fault(nth, Faults.ENOSPC, nth % 2 == 1, false));
        }
        boolean isMet = run.complaints.isEmpty();
        String note = isMet
                ? ""
                : run.complaints.size() + ": " + run.complaints.subList(0, Math.min(3, run.complaints.size()));
        Outcome outcome = new Outcome(
                "G8", "disk-error", run.injected, run.acknowledged, run.lost, run.doubled, 0, List.of(), isMet, note);
        Files.writeString(Path.of(arguments[4]), outcome.json().toString());
    }

    /**
     * One run's fault.
     *
     * @param nth the call that fails
     * @param isLasting whether all that follow fail too, until the disk is well
     * @param isAtStart whether calls are counted from the start, or from when the spool is open
     */
    private record Fault(int nth, int error, boolean isLasting, boolean isAtStart) {
        String name() {
            return nth
                    + (error == Faults.EIO ? "-eio" : "-enospc")
                    + (isLasting ? "-on" : "")
                    + (isAtStart ? "-start" : "");
        }
    }

    private void arm(Fault fault) {
        faults.failNth(Faults.WRITES | Faults.SYNCS, fault.nth(), fault.error(), fault.isLasting());
    }

    private void once(Fault fault) throws IOException {
        String name = fault.name();
        Path place = Files.createDirectories(folder.resolve(name));
        Path known = place.resolve("obligations");
        ManualTimeSource time = new ManualTimeSource(Instant.parse("2026-11-21T04:00:00Z"));
        try (Obligations obligations = Obligations.append(known)) {
            if (fault.isAtStart()) {
                arm(fault);
            }
            Spool spool = open(place, time);
            if (spool != null) {
                try (spool) {
                    if (!fault.isAtStart()) {
                        arm(fault);
                    }
                    write(new Records(spool, obligations, time, new Random(fault.nth())), time);
                }
            }
        }
        injected += faults.hit() > 0 ? 1 : 0;
        faults.off();
        Judgement judged = SpoolBook.judge(place.resolve("spool"), known, place.resolve("fresh"));
        acknowledged += judged.acknowledged();
        lost += judged.losses();
        doubled += judged.surplus() + judged.repeated().size();
        if (!judged.isKept() || !judged.repeated().isEmpty()) {
            complaints.add(name + ": " + judged.complaint());
        } else {
            delete(place);
        }
    }

    /** A spool that cannot be opened says so; a supervisor would start the agent again, and the disk is well by then. */
    private @Nullable Spool open(Path place, ManualTimeSource time) {
        try {
            return Spool.open(SpoolBook.settings(place.resolve("spool")), time);
        } catch (SpoolException e) {
            return null;
        }
    }

    private void write(Records records, ManualTimeSource time) {
        for (int i = 0; i < BATCHES; i++) {
            if (!records.batch(5)) {
                faults.off();
                bringToDisk(records, time);
            }
        }
    }

    private static void bringToDisk(Records records, ManualTimeSource time) {
        for (int tries = 0; tries < MOST_FAILURES; tries++) {
            time.advance(LONGEST_RETRY);
            if (records.commit()) {
                return;
            }
        }
        throw new IllegalStateException("the spool does not recover though the disk is well");
    }

    private static void delete(Path place) throws IOException {
        try (var all = Files.walk(place)) {
            for (Path one : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}
