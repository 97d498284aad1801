package io.fengsui.hub.sla;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fengsui.hub.fleet.Edge;
import io.fengsui.hub.intake.EventLog;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Reason;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.SourceType;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Place;
import io.fengsui.protocol.value.Sha256;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Events that the hub itself makes. Their ids follow from what they tell, so that a replay makes the same. Pure. */
final class OwnEvents {
    private static final String HUB = "hub";

    static final EventKind FORK = new EventKind("security.edge.fork");

    private OwnEvents() {}

    /** The edge has not been heard of since then. */
    static Event silent(Edge edge, Instant since) {
        return event(edge, EventKind.EDGE_SILENT, Severity.MAJOR, Phase.BEGUN, since, "nothing was heard of the edge");
    }

    /** The edge that was silent since then is heard of again. */
    static Event heardAgain(Edge edge, Instant since, Instant now) {
        return silent(edge, since)
                .next(
                        Phase.ENDED,
                        Severity.MAJOR,
                        moment(now),
                        Map.of(),
                        List.of(new Reason("sla", "heard-again", "the edge greeted again")));
    }

    /** Two boxes, or two pasts, under one identity. */
    static Event fork(Edge edge, EventLog.Fork fork, Instant now) {
        return event(edge, FORK, Severity.CRITICAL, Phase.INSTANT, now, "epoch " + fork.epoch() + ": " + fork.detail());
    }

    /** Something about the hub itself. */
    static Event trouble(Input.HubTrouble trouble, Instant now) {
        Event.Origin origin = new Event.Origin(HUB, HUB, new Source(SourceType.HUB, HUB, ""), "", Place.UNKNOWN);
        return event(origin, trouble.kind(), Severity.CRITICAL, Phase.INSTANT, now, trouble.detail());
    }

    private static Event event(Edge edge, EventKind kind, Severity severity, Phase phase, Instant at, String detail) {
        Event.Origin origin = new Event.Origin(edge.id(), edge.site(), Source.edge(edge.id()), "", Place.UNKNOWN);
        return event(origin, kind, severity, phase, at, detail);
    }

    private static Event event(
            Event.Origin origin, EventKind kind, Severity severity, Phase phase, Instant at, String detail) {
        byte[] seed = Sha256.hashOf((kind + "/" + origin.edge() + "/" + at.toEpochMilli()).getBytes(UTF_8))
                .bytes();
        SplittableRandom random = new SplittableRandom(ByteBuffer.wrap(seed).getLong());
        Moment moment = moment(at);
        return new Event(
                EventId.make(at, random),
                1,
                phase,
                kind,
                severity,
                Lane.URGENT,
                origin,
                new Event.Times(moment, moment, Duration.ZERO),
                Event.Cause.NONE,
                kind + "/" + origin.edge(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(new Reason("hub", kind.value(), detail)),
                Event.Marks.NONE);
    }

    private static Moment moment(Instant at) {
        return new Moment(at, ClockQuality.SYNCED, "", 0);
    }
}
