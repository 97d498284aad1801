package io.fengsui.edge.spool.fault;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.sensor.SensorMessage;
import io.fengsui.edge.spool.store.Draft;
import io.fengsui.edge.spool.store.EvidenceRow;
import io.fengsui.edge.spool.store.Gap;
import io.fengsui.edge.spool.store.Importance;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.SpoolSchema;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Place;
import io.fengsui.protocol.value.Sha256;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes something on trial and takes it back, all within one transaction. Confined to {@code ring-spool}. */
public final class Trial {
    private static final String NAME = "trial";
    private static final UUID ID = new UUID(0x7000L, Long.MIN_VALUE);
    private static final Moment THEN = new Moment(Instant.EPOCH, ClockQuality.UNKNOWN, NAME, 0);

    /** What is tried. */
    @FunctionalInterface
    public interface Writing {
        void write(SpoolWriter writer) throws SQLException;
    }

    private Trial() {}

    /**
     * Throws what the writing throws; nothing of it stays. Where it cannot be taken back throws a {@link SpoolException}: that is the
     * store's fault, whatever the writing threw, and nothing of this transaction may be committed.
     */
    public static void of(SpoolWriter writer, Writing writing) throws SQLException {
        SpoolWriter.Stand stand = writer.stand();
        SpoolSchema.run(writer.connection(), "SAVEPOINT trial");
        try {
            writing.write(writer);
            // Last in each transaction, where the lanes moved.
            writer.writeHeads();
        } catch (SQLException | RuntimeException | Error e) {
            try {
                takeBack(writer, stand);
            } catch (SpoolException more) {
                more.addSuppressed(e);
                throw more;
            }
            throw e;
        }
        takeBack(writer, stand);
    }

    private static void takeBack(SpoolWriter writer, SpoolWriter.Stand stand) {
        try {
            SpoolSchema.run(writer.connection(), "ROLLBACK TO trial");
            SpoolSchema.run(writer.connection(), "RELEASE trial");
        } catch (SQLException e) {
            throw new SpoolException("what was written on trial cannot be taken back: " + e.getMessage(), e);
        }
        writer.goBack(stand);
    }

    /** An event like others: encoding it, and writing it, shows that events can be. */
    public static Event event(Lane lane, Phase phase) {
        return new Event(
                new EventId(ID),
                1,
                phase,
                EventKind.STORAGE_FAILED,
                Severity.INFO,
                lane,
                new Event.Origin(NAME, NAME, Source.edge(NAME), "", Place.UNKNOWN),
                new Event.Times(THEN, THEN, Duration.ZERO),
                Event.Cause.NONE,
                NAME,
                Map.of(NAME, NAME),
                List.of(),
                List.of(Evidence.pending(ID, "image/jpeg", THEN)),
                List.of(),
                Event.Marks.NONE);
    }

    /** All that a slot, or a task of another thread, may write: into both lanes, and each table. */
    public static void ofAll(SpoolWriter writer) throws SQLException {
        of(writer, Trial::writeAll);
    }

    private static void writeAll(SpoolWriter writer) throws SQLException {
        for (Lane lane : Lane.values()) {
            for (Phase phase : Phase.values()) {
                writer.append(Draft.of(event(lane, phase)));
            }
        }
        writer.change(new Slot.StateChange(NAME, new byte[] {1}));
        writer.change(new Slot.StateChange(NAME, new byte[0]));
        writer.quarantine(new SensorMessage.QuarantinedPayload(NAME, NAME, NAME, NAME, new byte[] {1}, THEN, () -> {}));
        writer.evidence().taken(new EventId(ID), ID, Sha256.NONE, 1, writer.nowMillis());
        writer.evidence().move(ID, EvidenceRow.State.LOST, writer.nowMillis());
        writer.evidence().delete(ID);
        writer.claimOrder(ID);
        writer.gaps().add(Lane.BULK, Gap.Why.PICTURES, 0, 0, 1, Importance.NOTE, writer.nowMillis());
    }
}
