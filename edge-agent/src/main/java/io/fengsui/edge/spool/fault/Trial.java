package io.fengsui.edge.spool.fault;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.sensor.SensorMessage;
import io.fengsui.edge.spool.store.Draft;
import io.fengsui.edge.spool.store.EvidenceRow;
import io.fengsui.edge.spool.store.LaneHead;
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

    /** Throws what the writing throws; nothing of it stays. */
    public static void of(SpoolWriter writer, Writing writing) throws SQLException {
        List<LaneHead> stand = writer.stand();
        SpoolSchema.run(writer.connection(), "SAVEPOINT trial");
        try {
            writing.write(writer);
        } catch (SQLException | RuntimeException | Error e) {
            try {
                takeBack(writer, stand);
            } catch (SQLException more) {
                e.addSuppressed(more);
            }
            throw e;
        }
        takeBack(writer, stand);
    }

    private static void takeBack(SpoolWriter writer, List<LaneHead> stand) throws SQLException {
        SpoolSchema.run(writer.connection(), "ROLLBACK TO trial");
        SpoolSchema.run(writer.connection(), "RELEASE trial");
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
    }
}
