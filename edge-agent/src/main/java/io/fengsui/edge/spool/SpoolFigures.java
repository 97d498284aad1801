package io.fengsui.edge.spool;

import io.fengsui.edge.spool.read.SpoolInspection;
import io.fengsui.edge.spool.read.SpoolInspection.LaneFigures;
import io.fengsui.edge.spool.repair.FirstOpening;
import io.fengsui.edge.spool.repair.RepairReport;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.edge.spool.store.SpoolStore;
import io.fengsui.protocol.Lane;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the files say of a spool whose agent does not run.
 *
 * @param epoch of the spool
 * @param databaseBytes of the file, log not counted
 * @param freeBytes within the file
 * @param damaged rows kept for people because they were damaged
 * @param untold losses of which no event tells yet
 * @param ballastBytes in reserve
 */
public record SpoolFigures(
        String epoch,
        List<LaneFigures> lanes,
        long databaseBytes,
        long freeBytes,
        long quarantined,
        long damaged,
        long untold,
        long ballastBytes) {

    public SpoolFigures {
        lanes = List.copyOf(lanes);
    }

    /** Reads them; changes nothing that is stored. Throws {@link SpoolException} when there is no spool to be read. */
    public static SpoolFigures read(Path directory) {
        Path file = directory.resolve("spool.db");
        if (!Files.exists(file)) {
            throw new SpoolException("there is no spool in " + directory.toAbsolutePath());
        }
        try (SpoolInspection look = SpoolInspection.open(file, isLogHidden(file))) {
            List<LaneFigures> lanes = new ArrayList<>();
            for (Lane lane : Lane.values()) {
                lanes.add(look.lane(lane));
            }
            long page = SpoolSettings.PAGE_BYTES;
            return new SpoolFigures(
                    look.epoch(),
                    lanes,
                    look.figure("PRAGMA page_count") * page,
                    look.figure("PRAGMA freelist_count") * page,
                    look.figure("SELECT count(*) FROM quarantine"),
                    look.figure("SELECT count(*) FROM damaged"),
                    look.figure("SELECT coalesce(sum(records), 0) FROM gap"),
                    directory.resolve("spool.ballast").toFile().length());
        }
    }

    /** SQLite would find nothing in a log that has something, and delete it. */
    private static boolean isLogHidden(Path file) {
        FirstOpening.Log log = FirstOpening.logOf(file);
        return !log.isWhole() && !log.hasCommits();
    }

    /**
     * Gives the spool in this directory a new epoch: everything that waits goes on under it. For a box whose identity was
     * cloned, or whose hub refuses its past. The agent must not run.
     */
    public static RepairReport renew(Path directory, Instant now) {
        if (!Files.exists(directory.resolve("spool.db"))) {
            throw new SpoolException("there is no spool in " + directory.toAbsolutePath());
        }
        try (SpoolStore store = SpoolStore.lock(SpoolSettings.in(directory))) {
            return FirstOpening.renew(store, now.toEpochMilli());
        }
    }
}
