package io.fengsui.hub.shard.input;

import io.fengsui.hub.intake.EventLog;
import io.fengsui.hub.intake.evidence.StoredEvidence;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.value.Checks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One journalled input of a shard. Tickets are a function of the inputs' order and of the time given to each. */
public sealed interface Input {

    /** One position of a lane. */
    record RecordTaken(String edge, String epoch, Lane lane, Content content) implements Input {}

    /** @param body an encoded record body, as it came */
    @SuppressWarnings("ArrayRecordComponent") // handed on as they are; never compared, never changed
    record Content(long sequence, byte[] body, byte[] prefixHash) {}

    /** An event that no disk of its edge could take. */
    @SuppressWarnings("ArrayRecordComponent")
    record VolatileTaken(String edge, byte[] body) implements Input {}

    record EdgeGreeted(Hello hello, Duration clockOffset) implements Input {}

    record EdgeLeft(String edge, String detail) implements Input {
        public EdgeLeft {
            Checks.text("detail", detail);
        }
    }

    record LeasesRenewed(String edge, List<EventId> open) implements Input {
        public LeasesRenewed {
            open = List.copyOf(open);
        }
    }

    /** The hub's own finding: these open events were not renewed for as long as each is believed. */
    record LeasesRanOut(String edge, List<EventId> open) implements Input {
        public LeasesRanOut {
            open = List.copyOf(open);
        }
    }

    /** The edge's wall clock was found to be this far ahead of the hub's. */
    record ClockMeasured(String edge, Duration offset) implements Input {}

    /** The hub's own finding: nothing was heard of this edge since then. */
    record EdgeFellSilent(String edge, Instant since) implements Input {}

    /** Something about the hub itself that people must know of. */
    record HubTrouble(EventKind kind, String detail) implements Input {
        public HubTrouble {
            Checks.text("detail", detail);
        }
    }

    record ForkFound(EventLog.Fork fork) implements Input {}

    record EvidenceTaken(StoredEvidence evidence) implements Input {}

    record CommandGiven(OperatorCommand command) implements Input {}

    /**
     * The hub's own finding: so much of the time of a deadline is over.
     *
     * @param since the ticket's version when the deadline began
     */
    record DeadlineReached(String ticket, String step, long since, int percent, Instant due) implements Input {}

    /** Something of the hub's own parts or of the people at its desks. */
    record TaskTaken(TaskInput task) implements Input {}

    /**
     * What the writer of an edge found, for the writer of tickets.
     *
     * @param from where it was handed over; null when the writer of tickets found it itself
     * @param bytes in {@link HandoverForm}
     */
    @SuppressWarnings("ArrayRecordComponent")
    record HandedOver(@Nullable From from, String edge, byte[] bytes) implements Input {
        public Map<String, String> texts() {
            return HandoverForm.texts(bytes);
        }

        /** An encoded record body. */
        public byte[] body() {
            return HandoverForm.body(bytes);
        }
    }

    /** A handover's place: no other has it, and within a shard they are in the order in which they were handed over. */
    record From(long plan, int shard, long offset, int part) {}

    /** The hub's own finding: a ticket was suspended until now. */
    record SuspensionOver(String ticket, Instant until) implements Input {}
}
