package io.fengsui.hub.intake;

import io.fengsui.hub.intake.evidence.EvidenceLog;
import io.fengsui.hub.intake.greeting.Greeting;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.RecordBatch;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes what edges say, durably and in order. Replies come after the commit, on the log's own thread, and must be quick.
 * Every call returns false when the log has no room: nothing was taken and no reply will come. Thread-safe.
 */
public interface EventLog extends EvidenceLog {
    /** A hello; the reply is the committed positions, or why the edge is not served. */
    boolean greet(Hello hello, Duration clockOffset, Consumer<Greeting> reply);

    /** Records whose order and hashes were checked; the reply says up to where the lane is committed. */
    boolean append(String edge, RecordBatch batch, Consumer<Appended> reply);

    /** An event sent past the edge's spool; never acknowledged. {@code body} is an encoded record body. */
    boolean appendVolatile(String edge, byte[] body);

    /** The edge's open events, whose leases are renewed. */
    boolean renew(String edge, List<EventId> open);

    /** The edge's wall clock is this far ahead of the hub's. */
    boolean measured(String edge, Duration clockOffset);

    /** The edge's connection has ended. */
    boolean left(String edge, String detail);

    /** Two boxes with one identity, or a spool that tells another past. */
    boolean fork(Fork fork);

    /** @param isBlocked whether this epoch is not to be served any more, whoever comes */
    record Fork(String edge, String epoch, boolean isBlocked, String detail) {}

    /** What became of a batch. */
    sealed interface Appended {
        /** Everything up to here is on disk. */
        record Committed(long position) implements Appended {}

        /** The log stands elsewhere than the session believes: the edge is to greet again. */
        record Elsewhere(long position) implements Appended {}

        /** The log could not write: the edge is to come again later. */
        record Failed(String detail) implements Appended {}
    }
}
