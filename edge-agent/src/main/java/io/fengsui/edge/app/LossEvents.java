package io.fengsui.edge.app;

import io.fengsui.edge.decide.event.DecideSettings;
import io.fengsui.edge.spool.GapTeller;
import io.fengsui.edge.spool.store.Gap;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Reason;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Makes the events that tell what the spool lost: {@code health.records.dropped}, instant, urgent. Thread-safe. */
final class LossEvents implements GapTeller {
    private final DecideSettings settings;
    private final Supplier<Moment> clock;
    private final RandomGenerator random;

    LossEvents(DecideSettings settings, Supplier<Moment> clock, RandomGenerator random) {
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Event tell(Gap gap, Instant now) {
        String lane = gap.lane().name().toLowerCase(Locale.ROOT);
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("cause", gap.why().label());
        attributes.put("part", "spool");
        attributes.put("lane", lane);
        attributes.put("records", Long.toString(gap.records()));
        attributes.put("since", gap.since().toString());
        attributes.put("counted", Boolean.toString(gap.isCounted()));
        if (gap.last() > 0) {
            attributes.put("first", Long.toString(gap.first()));
            attributes.put("last", Long.toString(gap.last()));
        }
        Moment moment = clock.get();
        EventKind kind = EventKind.RECORDS_DROPPED;
        return new Event(
                EventId.make(now, random),
                1,
                Phase.INSTANT,
                kind,
                Severity.MAJOR,
                Lane.URGENT,
                new Event.Origin(settings.edge(), settings.site(), Source.edge(settings.edge()), "", settings.place()),
                new Event.Times(moment, moment, Duration.ZERO),
                Event.Cause.NONE,
                kind + "/" + settings.edge() + "/spool/" + gap.why().label(),
                attributes,
                List.of(),
                List.of(),
                List.of(new Reason("spool", gap.why().label(), words(gap, lane))),
                Event.Marks.NONE);
    }

    private static String words(Gap gap, String lane) {
        String range = gap.last() > 0 ? " between " + gap.first() + " and " + gap.last() : "";
        return switch (gap.why()) {
            case EVICTED -> gap.records() + " records of lane " + lane + range + " were given up for want of room";
            case DAMAGED ->
                gap.isCounted()
                        ? gap.records() + " records of lane " + lane + range + " were found damaged"
                        : "the spool's file was damaged: " + gap.records() + " records of lane " + lane
                                + " are known to be lost, and how many more cannot be told";
            case REFUSED ->
                gap.records() + " events of lane " + lane
                        + " came while nothing could be written and memory was full, or could not be encoded or written";
            case UNTOLD ->
                gap.records() + " events of lane " + lane
                        + " came while nothing could be written and were too many to be told"
                        + " from memory: what the disk takes of them comes late";
            case PICTURES -> gap.records() + " pictures were given up before the hub had them";
        };
    }
}
