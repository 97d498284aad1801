package io.fengsui.edge.decide;

import io.fengsui.edge.decide.event.DecideSettings;
import io.fengsui.edge.decide.event.EventMaker;
import io.fengsui.edge.decide.event.RuleMemory.Binding;
import io.fengsui.edge.decide.event.Slot.StateChange;
import io.fengsui.edge.decide.outlet.PictureRequest;
import io.fengsui.edge.decide.outlet.PictureRequest.Wanted;
import io.fengsui.edge.decide.outlet.PictureRequestSink;
import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Moment;
import io.fengsui.rules.RuleDefinition;
import io.fengsui.rules.RuleSet;
import io.fengsui.rules.Sequel;
import io.fengsui.rules.activity.Activity;
import io.fengsui.rules.activity.ActivityBook;
import io.fengsui.rules.activity.Judgement;
import io.fengsui.rules.geometry.Point;
import io.fengsui.rules.geometry.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps the book of who was seen, and answers rules that ask. Confined to {@code decide}. */
final class ActivityDesk {
    private static final Duration KEEP_EVERY = Duration.ofMinutes(5);
    private static final String WHOLE = "";
    private static final String PREFIX = "activity/";

    private final DecideSettings settings;
    private final EventMaker maker;
    private final PictureRequestSink pictures;
    private final ActivityBook book = new ActivityBook();
    private final Map<String, Long> keptAt = new HashMap<>();
    private final Set<String> asked = new HashSet<>();

    ActivityDesk(DecideSettings settings, RuleSet rules, EventMaker maker, PictureRequestSink pictures) {
        this.settings = settings;
        this.maker = maker;
        this.pictures = pictures;
        rules.all().forEach(rule -> rule.definition().sequel().ask().ifPresent(this::noteAsked));
        settings.cameras().forEach((camera, spot) -> {
            if (spot.keepsLastSeen()) {
                asked.add(Activity.pictureName(camera, WHOLE));
                spot.zones().forEach(zone -> asked.add(Activity.pictureName(camera, zone.id())));
            }
        });
    }

    /** Pictures are kept of what rules ask for, and of no other camera. */
    private void noteAsked(Sequel.Ask ask) {
        settings.cameras().forEach((camera, spot) -> {
            boolean isMeant = ask.cameras().isEmpty()
                    ? !spot.subject().isEmpty()
                    : ask.cameras().contains(camera);
            if (isMeant) {
                asked.add(Activity.pictureName(camera, ask.zone()));
            }
        });
    }

    /** Time passes: which cameras are truly watched. */
    void account(Predicate<String> isWatched, Moment now) {
        settings.cameras().keySet().forEach(camera -> book.account(camera, isWatched.test(camera), now));
    }

    /** What a picture shows, zone by zone. */
    void saw(LookedPicture picture, List<Detection> objects, Moment at) {
        String camera = picture.look().camera();
        List<Zone> zones = settings.cameras().containsKey(camera)
                ? settings.cameras().get(camera).zones()
                : List.of();
        for (Detection object : objects) {
            book.saw(camera, WHOLE, object.label(), at);
            for (Zone zone : zones) {
                if (zone.polygon().contains(Point.footOf(object.box()))) {
                    book.saw(camera, zone.id(), object.label(), at);
                }
            }
        }
        if (!asked.isEmpty() && !objects.isEmpty()) {
            keep(picture, objects, WHOLE, null, at);
            zones.forEach(zone -> keep(picture, inside(objects, zone), zone.id(), zone, at));
        }
    }

    private static List<Detection> inside(List<Detection> objects, Zone zone) {
        return objects.stream()
                .filter(o -> zone.polygon().contains(Point.footOf(o.box())))
                .toList();
    }

    private void keep(LookedPicture picture, List<Detection> objects, String zone, @Nullable Zone drawn, Moment at) {
        String name = Activity.pictureName(picture.look().camera(), zone);
        boolean isWanted = asked.contains(name)
                && objects.stream().anyMatch(o -> o.label().equals("person"))
                && at.steadyNanos() - keptAt.getOrDefault(name, Long.MIN_VALUE / 2) >= KEEP_EVERY.toNanos();
        if (isWanted) {
            keptAt.put(name, at.steadyNanos());
            pictures.keep(name, PictureRequest.job(objects, picture, drawn, settings.limits()));
        }
    }

    /** Who was seen, where the rule asks that. */
    Optional<Judgement> judge(Binding binding, Event.Origin origin, Moment now) {
        return binding.rule().definition().sequel().ask().map(ask -> {
            List<String> local = camerasOf(ask, origin).stream()
                    .filter(settings.cameras()::containsKey)
                    .toList();
            List<String> remote = camerasOf(ask, origin).stream()
                    .filter(camera -> !settings.cameras().containsKey(camera))
                    .toList();
            Instant to = now.wall();
            List<Activity> answers = local.stream()
                    .map(camera -> book.ask(camera, ask.zone(), ask.labels(), to.minus(ask.window()), to))
                    .toList();
            Judgement judgement = Judgement.of(ask, answers);
            return remote.isEmpty() || judgement.verdict() == Judgement.Verdict.SEEN
                    ? judgement
                    : judgement.askingOthers(ask, remote);
        });
    }

    /** Those that are named; else those of the same subject. */
    private List<String> camerasOf(Sequel.Ask ask, Event.Origin origin) {
        if (!ask.cameras().isEmpty()) {
            return ask.cameras();
        }
        return settings.cameras().entrySet().stream()
                .filter(e ->
                        !origin.subject().isEmpty() && e.getValue().subject().equals(origin.subject()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** A picture that is promised beside the rule's own. */
    record Shown(Evidence evidence, Wanted wanted) {}

    /** The last picture of somebody, where the judgement is that they were seen. */
    Optional<Shown> lastPicture(Optional<Judgement> judged, Moment now) {
        return judged.flatMap(Judgement::seen)
                .filter(seen -> asked.contains(seen.pictureName()))
                .map(seen -> new Shown(maker.promised(now), new Wanted.Kept(seen.camera(), seen.pictureName())));
    }

    /** Whether an event says already that somebody was seen. */
    static boolean saysSeen(Event event) {
        return "seen".equals(event.attributes().get("activity"));
    }

    /** What the rule shows, and when somebody was seen the last picture of them. */
    List<Shown> shown(RuleDefinition rule, Optional<Judgement> judged, Moment now) {
        List<Shown> shown = new ArrayList<>();
        lastPicture(judged, now).ifPresent(shown::add);
        rule.sequel().show().stream()
                .filter(settings.cameras()::containsKey)
                .forEach(camera -> shown.add(new Shown(maker.promised(now), new Wanted.Present(camera))));
        return shown;
    }

    /** The last picture of somebody who was seen, where it is kept. */
    Optional<Wanted> kept(Activity seen) {
        return seen.lastSeen().isPresent() && asked.contains(seen.pictureName())
                ? Optional.of(new Wanted.Kept(seen.camera(), seen.pictureName()))
                : Optional.empty();
    }

    /** The answer to somebody else's question. */
    Activity ask(String camera, String zone, String label, Instant from, Instant to) {
        return book.ask(camera, zone, label.isEmpty() ? List.of() : List.of(label), from, to);
    }

    List<StateChange> changes(Moment now) {
        return book.changes(now).entrySet().stream()
                .map(e -> new StateChange(PREFIX + e.getKey(), e.getValue()))
                .toList();
    }

    boolean resume(StateChange change) {
        if (!change.key().startsWith(PREFIX)) {
            return false;
        }
        book.resume(change.key().substring(PREFIX.length()), change.value());
        return true;
    }

    void carry(ActivityDesk before) {
        book.carry(before.book, settings.cameras().keySet());
        keptAt.putAll(before.keptAt);
    }
}
