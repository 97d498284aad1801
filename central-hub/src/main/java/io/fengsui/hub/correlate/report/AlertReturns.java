package io.fengsui.hub.correlate.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fengsui.hub.correlate.EventDesk;
import io.fengsui.hub.correlate.EventState;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.value.Sha256;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Knows which event another system speaks of. That is the one that its report names, until that one was given up, its
 * ticket done and the alert told again: then it is one of a new event, whose id follows from the report's and how many
 * went before. Writer's thread only.
 */
public final class AlertReturns {
    private final EventDesk events;

    public AlertReturns(EventDesk events) {
        this.events = events;
    }

    /**
     * One event of an alert.
     *
     * @param id of the event
     * @param before how many events of the same report went before; 0 for the report's own
     */
    public record Round(String id, int before) {}

    /** The last event that there is of a report; the report's own when there is none yet. */
    public Round newest(TaskInput.Reported reported) {
        Round round = new Round(reported.id(), 0);
        EventState known = events.find(round.id());
        while (known != null && !ReportEvent.cleared(known.event()).isEmpty()) {
            Round next = after(round, reported);
            known = events.find(next.id());
            round = known == null ? round : next;
        }
        return round;
    }

    /** The one that comes after. */
    static Round after(Round round, TaskInput.Reported reported) {
        int before = round.before() + 1;
        String occurred = reported.report().get(ReportEvent.OCCURRED);
        byte[] seed =
                Sha256.hashOf((reported.id() + "/" + before).getBytes(UTF_8)).bytes();
        EventId id = EventId.make(
                occurred == null ? Instant.EPOCH : Instant.parse(occurred),
                new SplittableRandom(ByteBuffer.wrap(seed).getLong()));
        return new Round(id.toString(), before);
    }

    /** The report as one of this event; a later one is an incident of its own. */
    static TaskInput.Reported as(Round round, int revision, TaskInput.Reported reported) {
        Map<String, String> report = new TreeMap<>(reported.report());
        if (round.before() > 0) {
            report.merge(ReportEvent.DEDUP, "/" + round.before(), String::concat);
            report.put(ReportEvent.RETURNED, Integer.toString(round.before()));
        }
        return new TaskInput.Reported(round.id(), revision, reported.isOver(), report);
    }
}
