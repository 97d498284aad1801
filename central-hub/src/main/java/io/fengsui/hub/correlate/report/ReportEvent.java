package io.fengsui.hub.correlate.report;

import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.SourceType;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Makes an event of a report. Pure: the same report is the same event. */
public final class ReportEvent {
    /** The edge that events of people and other systems come from. */
    public static final String EDGE = "hub";

    public static final String KIND = "kind";
    public static final String SEVERITY = "severity";
    /** Who tells: {@code person} or the name of another system. */
    public static final String FROM = "from";

    public static final String DEDUP = "dedup";
    public static final String SITE = "site";
    public static final String SUBJECT = "subject";
    public static final String GRID = "grid";
    public static final String PLACE_ZH = "place.zh";
    public static final String PLACE_EN = "place.en";
    public static final String LONGITUDE = "longitude";
    public static final String LATITUDE = "latitude";
    public static final String OCCURRED = "occurred";
    public static final String PERSON = "person";
    /** The other system that tells. */
    public static final String ALERTMANAGER = "alertmanager";

    /** An attribute of an event that was ended without a word: why. */
    public static final String CLEARED = "cleared";

    public static final String ABSENCE = "absence";

    /** An attribute: how many times it came back after it had been given up and its ticket was done. */
    public static final String RETURNED = "returned";

    private static final Set<String> OWN =
            Set.of(KIND, SEVERITY, FROM, DEDUP, SITE, SUBJECT, GRID, PLACE_ZH, PLACE_EN, LONGITUDE, LATITUDE, OCCURRED);

    private ReportEvent() {}

    /** Throws {@link IllegalArgumentException} when there can be no such event; says what is wrong. */
    public static Event of(TaskInput.Reported reported, Instant now) {
        Map<String, String> report = reported.report();
        boolean isPerson = text(report, FROM).equals(PERSON);
        Source source = new Source(isPerson ? SourceType.PERSON : SourceType.HUB, text(report, FROM), "");
        Event.Origin origin = new Event.Origin(
                EDGE, report.getOrDefault(SITE, EDGE), source, report.getOrDefault(SUBJECT, ""), place(report));
        Instant occurred = Instant.parse(report.getOrDefault(OCCURRED, now.toString()));
        Moment begun = moment(occurred.isAfter(now) ? now : occurred);
        Map<String, String> attributes = new TreeMap<>(report);
        attributes.keySet().removeAll(OWN);
        Phase open = reported.revision() == 1 ? Phase.BEGUN : Phase.UPDATED;
        Phase phase = isPerson ? Phase.INSTANT : reported.isOver() ? Phase.ENDED : open;
        return new Event(
                EventId.parse(reported.id()),
                reported.revision(),
                phase,
                new EventKind(text(report, KIND)),
                Severity.valueOf(text(report, SEVERITY).toUpperCase(Locale.ROOT)),
                Lane.URGENT,
                origin,
                new Event.Times(begun, moment(now), Duration.ZERO),
                Event.Cause.NONE,
                text(report, DEDUP),
                attributes,
                List.of(),
                List.of(),
                List.of(),
                Event.Marks.NONE);
    }

    /** Why the hub ended it without being told so; empty when it was told, or it is not over. */
    public static String cleared(Event event) {
        boolean isOwn = event.origin().edge().equals(EDGE) && event.phase() == Phase.ENDED;
        return isOwn && ABSENCE.equals(event.attributes().get(CLEARED)) ? ABSENCE : "";
    }

    private static Place place(Map<String, String> report) {
        String zh = report.getOrDefault(PLACE_ZH, "");
        String en = report.getOrDefault(PLACE_EN, "");
        Name name = zh.isEmpty() && en.isEmpty() ? Name.NONE : new Name(zh.isEmpty() ? en : zh, en.isEmpty() ? zh : en);
        String longitude = report.getOrDefault(LONGITUDE, "");
        Place.Position position = longitude.isEmpty()
                ? null
                : new Place.Position(Double.parseDouble(longitude), Double.parseDouble(text(report, LATITUDE)));
        return new Place(name, report.getOrDefault(GRID, ""), position);
    }

    private static Moment moment(Instant at) {
        return new Moment(at, ClockQuality.SYNCED, "", 0);
    }

    private static String text(Map<String, String> report, String key) {
        String value = report.get(key);
        if (value == null) {
            throw new IllegalArgumentException("a report has no " + key);
        }
        return value;
    }
}
