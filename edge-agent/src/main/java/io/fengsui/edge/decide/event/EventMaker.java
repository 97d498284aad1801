package io.fengsui.edge.decide.event;

import io.fengsui.edge.decide.event.DecideSettings.CameraSpot;
import io.fengsui.edge.decide.event.DecideSettings.SensorSpot;
import io.fengsui.edge.decide.event.RuleMemory.Binding;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Reason;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.SourceType;
import io.fengsui.protocol.link.ModelInUse;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Place;
import io.fengsui.rules.Finding;
import io.fengsui.rules.RuleDefinition;
import io.fengsui.rules.geometry.Zone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes the first revision of events. Confined to {@code decide}. */
public final class EventMaker {
    /** Events of the box's own parts are not renewed: they hold until they end. */
    private static final Duration NO_LEASE = Duration.ZERO;

    private static final EventKind ACTIVITY_SHOWN = new EventKind("activity.shown");
    private static final EventKind ACTION_DONE = new EventKind("action.done");
    private static final EventKind ACTION_FAILED = new EventKind("action.failed");

    private final DecideSettings settings;
    private final RandomGenerator random;

    public EventMaker(DecideSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /**
     * What a finding was made on.
     *
     * @param at arrival of the picture or reading
     * @param now of the decision
     * @param why of the stages before the rules
     */
    public record Basis(Moment at, Moment now, @Nullable ModelInUse model, List<Reason> why, boolean hasPicture) {}

    /** Names the event of a rule and subject: rule, place and class, never the track. */
    public static String dedupKey(Binding binding) {
        RuleDefinition rule = binding.rule().definition();
        String zone = binding.rule().zoneId();
        return rule.id() + "/" + binding.subject() + (zone.isEmpty() ? "" : "/" + zone) + "/" + rule.kind();
    }

    /** A rule found something; {@code shown} pictures are promised beside its own. */
    public Event begun(Binding binding, Finding finding, Basis basis, Event.Origin origin, List<Evidence> shown) {
        RuleDefinition rule = binding.rule().definition();
        ModelInUse model = basis.model();
        boolean wantsPicture = rule.wantsPicture() && basis.hasPicture();
        Evidence picture = Evidence.pending(newId(basis.now()).value(), "image/jpeg", basis.at());
        List<Evidence> evidence = new ArrayList<>(shown);
        if (wantsPicture) {
            evidence.addFirst(picture);
        }
        List<Reason> why = new ArrayList<>(basis.why());
        why.addAll(finding.why());
        return new Event(
                newId(basis.now()),
                1,
                finding.change() == Finding.Change.HAPPENED ? Phase.INSTANT : Phase.BEGUN,
                rule.kind(),
                finding.severity(),
                rule.lane(),
                origin,
                new Event.Times(basis.at(), basis.now(), rule.lease()),
                new Event.Cause(
                        rule.id(),
                        rule.version(),
                        model == null ? "" : model.name(),
                        model == null ? "" : model.version()),
                dedupKey(binding),
                named(binding, finding.attributes()),
                EventBook.capped(finding.detections()),
                evidence,
                why,
                Event.Marks.NONE);
    }

    /** A part of the box fails. */
    public Event health(HealthNotice notice, Moment now) {
        Lane lane = notice.severity().isAtLeast(Severity.MAJOR) ? Lane.URGENT : Lane.BULK;
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("cause", notice.code());
        if (!notice.part().isEmpty()) {
            attributes.put("part", notice.part());
        }
        return new Event(
                newId(now),
                1,
                Phase.BEGUN,
                notice.kind(),
                notice.severity(),
                lane,
                healthOrigin(notice.source()),
                new Event.Times(now, now, NO_LEASE),
                Event.Cause.NONE,
                notice.dedupKey(),
                attributes,
                List.of(),
                List.of(),
                List.of(new Reason(stage(notice.kind()), notice.code(), notice.detail())),
                Event.Marks.NONE);
    }

    /** The part of a health kind that names who is ill: {@code camera} of {@code health.camera.offline}. */
    public static String stage(EventKind kind) {
        return kind.value().split("\\.", -1)[1];
    }

    /** What became of an action, at the place and subject of the event that it answered. */
    public Event acted(ActionFacts facts, @Nullable Event cause, List<Evidence> pictures, Moment now) {
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("action", facts.action());
        attributes.put("outcome", facts.code());
        attributes.put("attempts", Integer.toString(facts.attempts()));
        if (cause != null) {
            attributes.put("cause-event", cause.id().toString());
            attributes.put("cause-kind", cause.kind().value());
        }
        Source edge = Source.edge(settings.edge());
        Event.Origin origin = cause == null
                ? healthOrigin(edge)
                : new Event.Origin(
                        settings.edge(),
                        settings.site(),
                        edge,
                        cause.origin().subject(),
                        cause.origin().place());
        return new Event(
                newId(now),
                1,
                Phase.INSTANT,
                facts.isDone() ? ACTION_DONE : ACTION_FAILED,
                facts.isDone() ? Severity.INFO : Severity.MINOR,
                Lane.BULK,
                origin,
                new Event.Times(now, now, NO_LEASE),
                Event.Cause.NONE,
                "action/" + facts.action() + "/" + (cause == null ? "" : cause.dedupKey()),
                attributes,
                List.of(),
                pictures,
                List.of(new Reason("action", facts.code(), facts.detail())),
                Event.Marks.NONE);
    }

    /** What an action came to. */
    public record ActionFacts(String action, boolean isDone, String code, int attempts, String detail) {}

    /** The last picture of somebody, for the hub that asked. */
    public Event shown(String camera, String zone, Evidence picture, Moment now) {
        Event.Origin origin = healthOrigin(Source.camera(camera, zone));
        return new Event(
                newId(now),
                1,
                Phase.INSTANT,
                ACTIVITY_SHOWN,
                Severity.INFO,
                Lane.URGENT,
                origin,
                new Event.Times(now, now, NO_LEASE),
                Event.Cause.NONE,
                "activity/" + camera + "/" + zone,
                Map.of(),
                List.of(),
                List.of(picture),
                List.of(new Reason("activity", "shown", "the hub asked whether anybody was seen")),
                Event.Marks.NONE);
    }

    /** A picture that is promised. */
    public Evidence promised(Moment at) {
        return Evidence.pending(newId(at).value(), "image/jpeg", at);
    }

    /** Where what this rule finds of this subject is. */
    public Event.Origin origin(Binding binding) {
        if (binding.rule().camera().isEmpty()) {
            SensorSpot spot = settings.sensors().getOrDefault(binding.subject(), SensorSpot.UNKNOWN);
            return new Event.Origin(
                    settings.edge(), settings.site(), Source.sensor(binding.subject()), spot.subject(), spot.place());
        }
        Source source = Source.camera(binding.subject(), binding.rule().zoneId());
        CameraSpot spot = settings.cameras().get(binding.subject());
        return new Event.Origin(
                settings.edge(),
                settings.site(),
                source,
                spot == null ? "" : spot.subject(),
                spot == null ? Place.UNKNOWN : spot.place());
    }

    private Event.Origin healthOrigin(Source source) {
        CameraSpot camera =
                source.type() == SourceType.CAMERA ? settings.cameras().get(source.id()) : null;
        SensorSpot sensor =
                source.type() == SourceType.SENSOR ? settings.sensors().get(source.id()) : null;
        Place place = camera != null ? camera.place() : sensor != null ? sensor.place() : settings.place();
        String subject = camera != null ? camera.subject() : sensor != null ? sensor.subject() : "";
        return new Event.Origin(settings.edge(), settings.site(), source, subject, place);
    }

    private static Map<String, String> named(Binding binding, Map<String, String> given) {
        Map<String, String> attributes = new TreeMap<>(given);
        RuleDefinition rule = binding.rule().definition();
        attributes.put("rule-name-zh", rule.name().zh());
        attributes.put("rule-name-en", rule.name().en());
        Zone zone = binding.rule().zone();
        if (zone != null) {
            attributes.put("zone.zh", zone.name().zh());
            attributes.put("zone.en", zone.name().en());
        }
        return attributes;
    }

    /** For ids of events. */
    public RandomGenerator random() {
        return random;
    }

    private EventId newId(Moment now) {
        return EventId.make(now.wall(), random);
    }
}
