package io.fengsui.protocol;

import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The whole state of something that happened, at one revision. {@code (id, revision)} is the key of every write; the
 * highest revision holds and an older one is history only, so loss, replay and reordering do no harm.
 *
 * @param dedupKey rule, place and class; never the track: what has one key within the window is one ticket
 * @param why the chain of reasons, first stage first
 */
public record Event(
        EventId id,
        int revision,
        Phase phase,
        EventKind kind,
        Severity severity,
        Lane lane,
        Origin origin,
        Times times,
        Cause cause,
        String dedupKey,
        Map<String, String> attributes,
        List<Detection> detections,
        List<Evidence> evidence,
        List<Reason> why,
        Marks marks)
        implements RecordBody {

    public static final int MAX_ATTRIBUTES = 64;
    public static final int MAX_DETECTIONS = 256;
    public static final int MAX_EVIDENCE = 16;
    public static final int MAX_REASONS = 64;

    /** Where: the box that says it, its site, the source, the household or object, and the place. */
    public record Origin(String edge, String site, Source source, String subject, Place place) {
        public Origin {
            Checks.id("edge", edge);
            Checks.id("site", site);
            Checks.text("subject", subject);
        }
    }

    /** When: it began, this revision was made, and for how long an open event is believed without news (zero: for ever). */
    public record Times(Moment occurred, Moment revised, Duration lease) {
        public Times {
            if (lease.isNegative()) {
                throw new IllegalArgumentException("a lease is not negative: " + lease);
            }
        }
    }

    /** By what: the rule and its version, the model and its version; each may be empty. */
    public record Cause(String rule, String ruleVersion, String model, String modelVersion) {
        public static final Cause NONE = new Cause("", "", "", "");

        public Cause {
            Checks.text("rule", rule);
            Checks.text("rule version", ruleVersion);
            Checks.text("model", model);
            Checks.text("model version", modelVersion);
        }
    }

    /** How it travelled: sent again after an outage; sent from memory because no disk took it. */
    public record Marks(boolean isReplayed, boolean isVolatile) {
        public static final Marks NONE = new Marks(false, false);
    }

    public Event {
        if (revision < 1) {
            throw new IllegalArgumentException("revisions start at 1, not " + revision);
        }
        if (phase == Phase.BEGUN && revision != 1) {
            throw new IllegalArgumentException("an event begins with revision 1, not " + revision);
        }
        Checks.text("dedup key", dedupKey);
        Checks.count("attributes", attributes.size(), MAX_ATTRIBUTES);
        Checks.count("detections", detections.size(), MAX_DETECTIONS);
        Checks.count("evidence", evidence.size(), MAX_EVIDENCE);
        Checks.count("why", why.size(), MAX_REASONS);
        attributes.forEach((key, value) -> {
            Checks.id("attribute", key);
            Checks.text("attribute " + key, value);
        });
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
        detections = List.copyOf(detections);
        evidence = List.copyOf(evidence);
        why = List.copyOf(why);
    }

    /** The next revision of this event. Attributes given replace those of the same name; reasons are added. */
    public Event next(
            Phase newPhase, Severity newSeverity, Moment now, Map<String, String> newAttributes, List<Reason> reasons) {
        Map<String, String> merged = new TreeMap<>(attributes);
        merged.putAll(newAttributes);
        List<Reason> chain = new ArrayList<>(why);
        chain.addAll(reasons);
        int surplus = chain.size() - MAX_REASONS;
        List<Reason> kept = surplus <= 0 ? chain : chain.subList(surplus, chain.size());
        return new Event(
                id,
                revision + 1,
                newPhase,
                kind,
                newSeverity,
                lane,
                origin,
                times(now),
                cause,
                dedupKey,
                merged,
                detections,
                evidence,
                kept,
                marks);
    }

    /** The same revision, told in other words. */
    public Event retold(Map<String, String> newAttributes, List<Reason> newWhy) {
        return new Event(
                id,
                revision,
                phase,
                kind,
                severity,
                lane,
                origin,
                times,
                cause,
                dedupKey,
                newAttributes,
                detections,
                evidence,
                newWhy,
                marks);
    }

    /** The next revision, with what became of its evidence. */
    public Event withEvidence(List<Evidence> newEvidence, Moment now) {
        Phase newPhase = phase == Phase.BEGUN ? Phase.UPDATED : phase;
        return new Event(
                id,
                revision + 1,
                newPhase,
                kind,
                severity,
                lane,
                origin,
                times(now),
                cause,
                dedupKey,
                attributes,
                detections,
                newEvidence,
                why,
                marks);
    }

    /** The same, told from memory because no disk takes it. */
    public Event asVolatile() {
        return new Event(
                id,
                revision,
                phase,
                kind,
                severity,
                lane,
                origin,
                times,
                cause,
                dedupKey,
                attributes,
                detections,
                evidence,
                why,
                new Marks(marks.isReplayed(), true));
    }

    private Times times(Moment now) {
        return new Times(times.occurred(), now, times.lease());
    }
}
