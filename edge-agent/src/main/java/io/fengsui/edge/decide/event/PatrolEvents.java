package io.fengsui.edge.decide.event;

import io.fengsui.edge.decide.event.DecideSettings.CameraSpot;
import io.fengsui.edge.patrol.PatrolSettings;
import io.fengsui.edge.patrol.Round;
import io.fengsui.edge.patrol.Round.Visit;
import io.fengsui.edge.patrol.SheetPlan;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Reason;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.link.ModelInUse;
import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Place;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes the events of a patrol: one of the round with its sheet, one for each camera where something was found. */
public final class PatrolEvents {
    public static final EventKind ROUND = new EventKind("patrol.round");

    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

    private final DecideSettings settings;
    private final RandomGenerator random;

    public PatrolEvents(DecideSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /** @param sheet none when there is none */
    public Event round(Round round, List<Evidence> sheet, Moment now) {
        PatrolSettings patrol = round.patrol();
        SheetPlan plan = round.plan();
        Map<String, String> attributes = named(patrol);
        attributes.put("cameras", String.join(",", patrol.cameras()));
        attributes.put("sheet-columns", Integer.toString(plan.columns()));
        attributes.put("sheet-rows", Integer.toString(plan.rows()));
        attributes.put("tile-width", Integer.toString(plan.tileWidth()));
        attributes.put("tile-height", Integer.toString(plan.tileHeight() + plan.caption()));
        attributes.put("found-cameras", cameras(round, visit -> !visit.found().isEmpty()));
        attributes.put("missed-cameras", cameras(round, visit -> !visit.missed().isEmpty()));
        String why = round.visits().stream()
                .filter(visit -> !visit.missed().isEmpty())
                .map(visit -> visit.camera() + ": " + visit.missed())
                .collect(Collectors.joining("; "));
        Reason reason = why.isEmpty()
                ? new Reason("patrol", "complete", patrol.cameras().size() + " cameras seen")
                : new Reason("patrol", "missed", shortened(why));
        return event(
                ROUND,
                Severity.INFO,
                new Event.Origin(settings.edge(), settings.site(), Source.edge(settings.edge()), "", settings.place()),
                new Made("patrol/" + patrol.id(), attributes, sheet, reason),
                now);
    }

    /** As an event may carry it: what libraries say of a failure is of any length and may have any character. */
    private static String shortened(String text) {
        String plain = CONTROL.matcher(text).replaceAll(" ");
        return plain.length() <= Checks.MAX_TEXT ? plain : plain.substring(0, Checks.MAX_TEXT);
    }

    private static String cameras(Round round, Predicate<Visit> which) {
        return round.visits().stream().filter(which).map(Visit::camera).collect(Collectors.joining(","));
    }

    /** What one visit found. */
    public Event found(Round round, Visit visit, List<Evidence> picture, Moment now) {
        PatrolSettings patrol = round.patrol();
        CameraSpot spot = settings.cameras().get(visit.camera());
        Map<String, String> attributes = named(patrol);
        attributes.put("count", Integer.toString(visit.found().size()));
        attributes.put("label", visit.found().getFirst().label());
        Event plain = event(
                patrol.found().kind(),
                patrol.found().severity(),
                new Event.Origin(
                        settings.edge(),
                        settings.site(),
                        Source.camera(visit.camera(), ""),
                        spot == null ? "" : spot.subject(),
                        spot == null ? Place.UNKNOWN : spot.place()),
                new Made(
                        "patrol/" + patrol.id() + "/" + visit.camera() + "/"
                                + patrol.found().kind(),
                        attributes,
                        picture,
                        new Reason("patrol", "found", visit.found().size() + " in the picture of " + visit.camera())),
                now);
        return withDetections(plain, visit);
    }

    private static Map<String, String> named(PatrolSettings patrol) {
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("patrol", patrol.id());
        attributes.put("patrol.zh", patrol.name().zh());
        attributes.put("patrol.en", patrol.name().en());
        return attributes;
    }

    private record Made(String dedupKey, Map<String, String> attributes, List<Evidence> evidence, Reason why) {}

    private Event event(EventKind kind, Severity severity, Event.Origin origin, Made made, Moment now) {
        return new Event(
                EventId.make(now.wall(), random),
                1,
                Phase.INSTANT,
                kind,
                severity,
                severity.isAtLeast(Severity.MAJOR) ? Lane.URGENT : Lane.BULK,
                origin,
                new Event.Times(now, now, Duration.ZERO),
                Event.Cause.NONE,
                made.dedupKey(),
                made.attributes(),
                List.of(),
                made.evidence(),
                List.of(made.why()),
                Event.Marks.NONE);
    }

    private static Event withDetections(Event event, Visit visit) {
        ModelInUse model = visit.picture() == null ? null : visit.picture().model();
        return new Event(
                event.id(),
                1,
                event.phase(),
                event.kind(),
                event.severity(),
                event.lane(),
                event.origin(),
                event.times(),
                new Event.Cause("", "", model == null ? "" : model.name(), model == null ? "" : model.version()),
                event.dedupKey(),
                event.attributes(),
                EventBook.capped(visit.found()),
                event.evidence(),
                event.why(),
                event.marks());
    }
}
