package io.fengsui.rules.activity;

import io.fengsui.protocol.Reason;
import io.fengsui.protocol.Severity;
import io.fengsui.rules.Finding;
import io.fengsui.rules.Sequel;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How bad a finding is, by who was seen: nobody in a window that was truly watched is critical; not watched is major, and
 * said so; seen is minor, with the time.
 *
 * @param seen the camera that saw somebody last
 */
public record Judgement(
        Verdict verdict, Severity severity, Map<String, String> attributes, Reason why, Optional<Activity> seen) {
    /** What the answers come to. */
    public enum Verdict {
        NOBODY,
        NOT_WATCHED,
        SEEN
    }

    /** Pure. */
    public static Judgement of(Sequel.Ask ask, List<Activity> answers) {
        Optional<Activity> seen = answers.stream()
                .filter(a -> a.lastSeen().isPresent())
                .max(Comparator.comparing(a -> a.lastSeen().orElseThrow()));
        double watched =
                answers.stream().mapToDouble(Activity::watchedShare).max().orElse(0);
        Verdict verdict =
                seen.isPresent() ? Verdict.SEEN : watched >= ask.minWatched() ? Verdict.NOBODY : Verdict.NOT_WATCHED;
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("activity", verdict.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        attributes.put("watched-percent", Long.toString(Math.round(watched * 100)));
        attributes.put("activity-window-seconds", Long.toString(ask.window().toSeconds()));
        String cameras =
                String.join(", ", answers.stream().map(Activity::camera).toList());
        if (!cameras.isEmpty()) {
            attributes.put("activity-cameras", cameras);
        }
        seen.ifPresent(a -> {
            attributes.put(
                    "last-seen",
                    a.lastSeen().orElseThrow().truncatedTo(ChronoUnit.SECONDS).toString());
            attributes.put("last-seen-camera", a.camera());
        });
        return new Judgement(
                verdict,
                severity(verdict),
                attributes,
                new Reason("activity", verdict.name().toLowerCase(Locale.ROOT), words(verdict, attributes, cameras)),
                seen);
    }

    /** The finding with this answer. */
    public Finding apply(Finding finding) {
        Map<String, String> all = new TreeMap<>(finding.attributes());
        all.putAll(attributes);
        List<Reason> chain = new ArrayList<>(finding.why());
        chain.add(why);
        return new Finding(finding.change(), finding.reason(), severity, all, finding.detections(), chain);
    }

    /** The same, saying which cameras of other boxes the hub must ask before it is believed. */
    public Judgement askingOthers(Sequel.Ask ask, List<String> cameras) {
        Map<String, String> more = new TreeMap<>(attributes);
        more.put("activity", "asked");
        more.put("ask-cameras", String.join(",", cameras));
        more.put("ask-zone", ask.zone());
        more.put("ask-labels", String.join(",", ask.labels()));
        more.put("ask-min-watched-percent", Long.toString(Math.round(ask.minWatched() * 100)));
        Reason asked =
                new Reason("activity", "asked", "cameras of other boxes are asked: " + String.join(", ", cameras));
        return new Judgement(verdict, Severity.MAJOR, more, asked, seen);
    }

    private static Severity severity(Verdict verdict) {
        return switch (verdict) {
            case NOBODY -> Severity.CRITICAL;
            case NOT_WATCHED -> Severity.MAJOR;
            case SEEN -> Severity.MINOR;
        };
    }

    private static String words(Verdict verdict, Map<String, String> attributes, String cameras) {
        String watched = attributes.get("watched-percent") + " % of " + attributes.get("activity-window-seconds")
                + " s watched by " + (cameras.isEmpty() ? "no camera" : cameras);
        return switch (verdict) {
            case NOBODY -> "nobody was seen; " + watched;
            case NOT_WATCHED -> "nobody can say whether anybody was there; " + watched;
            case SEEN ->
                "seen at " + attributes.get("last-seen") + " by " + attributes.get("last-seen-camera") + "; " + watched;
        };
    }
}
