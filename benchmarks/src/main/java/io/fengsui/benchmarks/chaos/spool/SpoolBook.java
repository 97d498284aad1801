package io.fengsui.benchmarks.chaos.spool;

import io.fengsui.benchmarks.chaos.oracle.Found;
import io.fengsui.benchmarks.chaos.oracle.Judgement;
import io.fengsui.benchmarks.chaos.oracle.Obligations;
import io.fengsui.benchmarks.chaos.oracle.Oracle;
import io.fengsui.benchmarks.chaos.oracle.Payloads;
import io.fengsui.benchmarks.chaos.oracle.Tickets;
import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.wire.MalformedMessageException;
import io.fengsui.protocol.wire.WireRecords;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a spool holds once it has recovered, and whether it goes on. */
final class SpoolBook {
    private static final int MOST = 1 << 20;

    private SpoolBook() {}

    /**
     * What was found.
     *
     * @param records events of both lanes
     * @param tombstones records that the spool itself says are gone
     * @param isMovedAside whether the spool began anew
     */
    record Contents(List<Found> records, int tombstones, boolean isMovedAside) {}

    /** Generous limits: nothing is dropped to make room. */
    static SpoolSettings settings(Path directory) {
        SpoolSettings usual = SpoolSettings.in(directory);
        return new SpoolSettings(
                directory, 4L << 30, usual.keepAcknowledged(), 4L << 30, usual.quarantineRows(), usual.heldSlots());
    }

    /** Reads all records of an open spool. */
    static Contents read(Spool spool) {
        List<Found> found = new ArrayList<>();
        int tombstones = 0;
        try (SpoolReader reader = spool.newReader()) {
            for (Lane lane : Lane.values()) {
                long next = 1;
                while (next <= spool.lane(lane).last()) {
                    List<LaneRecord> records = reader.records(lane, next, MOST, 1L << 40);
                    if (records.isEmpty()) {
                        break;
                    }
                    for (LaneRecord record : records) {
                        try {
                            if (WireRecords.decode(record.body()) instanceof Event event) {
                                found.add(new Found(event.id().toString(), Payloads.hash(record.body())));
                            } else {
                                tombstones++;
                            }
                        } catch (MalformedMessageException e) {
                            found.add(new Found("malformed-" + record.sequence(), "-"));
                        }
                    }
                    next = records.getLast().sequence() + 1;
                }
            }
        }
        return new Contents(found, tombstones, spool.repaired().aside() != null);
    }

    /**
     * Opens the spool as the agent does, reads it, writes two records more, and judges. What it writes itself is added to the
     * file {@code own}, so that it is an obligation the next time.
     */
    static Judgement judge(Path directory, Path obligations, Path own) throws IOException {
        Obligations.Book book = Obligations.read(obligations).and(Obligations.read(own));
        try (Spool spool = Spool.open(settings(directory), TimeSource.system());
                Obligations added = Obligations.append(own)) {
            Contents before = read(spool);
            boolean goesOn = new Records(spool, added, TimeSource.system(), new Random()).batch(2);
            boolean isFresh =
                    goesOn && read(spool).records().size() == before.records().size() + 2;
            return Oracle.judge(book, before.records(), Tickets.NONE, isFresh);
        }
    }
}
