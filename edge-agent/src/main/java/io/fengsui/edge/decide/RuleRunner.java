package io.fengsui.edge.decide;

import io.fengsui.edge.decide.event.DecideSettings;
import io.fengsui.edge.decide.event.EventBook;
import io.fengsui.edge.decide.event.EventMaker;
import io.fengsui.edge.decide.event.EventMaker.Basis;
import io.fengsui.edge.decide.event.HealthNotice;
import io.fengsui.edge.decide.event.RuleGuard;
import io.fengsui.edge.decide.event.RuleMemory;
import io.fengsui.edge.decide.event.RuleMemory.Binding;
import io.fengsui.edge.decide.event.Slot.StateChange;
import io.fengsui.edge.decide.event.StoppedRules;
import io.fengsui.edge.decide.outlet.Outlets;
import io.fengsui.edge.decide.outlet.PictureRequest;
import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Reason;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Moment;
import io.fengsui.rules.Finding;
import io.fengsui.rules.Outcome;
import io.fengsui.rules.RuleInput;
import io.fengsui.rules.RuleReason;
import io.fengsui.rules.RuleSet;
import io.fengsui.rules.activity.Judgement;
import io.fengsui.rules.timing.Modes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Feeds rules and makes events of what they find: tells the rules that join them, asks who was seen, promises pictures.
 * Confined to {@code decide}.
 */
final class RuleRunner {
    private final DecideSettings settings;
    private final RuleSet rules;
    private final Outlets outlets;
    private final EventMaker maker;
    private final EventBook book;
    private final RuleGuard guard;
    private final RuleMemory memory;
    private final ActivityDesk activity;
    private final Joints joints;
    private Modes modes;

    RuleRunner(DecideSettings settings, RuleSet rules, Outlets outlets, EventMaker maker, EventBook book) {
        this.settings = settings;
        this.rules = rules;
        this.outlets = outlets;
        this.maker = maker;
        this.book = book;
        this.guard = new RuleGuard(outlets.work());
        this.memory = new RuleMemory(guard);
        this.activity = new ActivityDesk(settings, rules, maker, outlets.pictures());
        this.joints = new Joints(rules);
        this.modes = rules.modes();
    }

    /** What rules are fed with, and what that rests on. */
    record Feed(
            RuleInput input,
            Moment at,
            Function<Outcome, Basis> basis,
            @Nullable LookedPicture picture) {}

    void feed(Binding binding, Feed feed, Moment now, Draft draft) {
        memory.evaluate(binding, feed.input(), feed.at(), modes).ifPresent(outcome -> {
            note(binding, feed, outcome);
            if (!outcome.findings().isEmpty()) {
                Basis basis = feed.basis().apply(outcome);
                outcome.findings().forEach(finding -> tell(binding, finding, basis, feed.picture(), draft));
            }
        });
        memory.change(binding, now.steadyNanos()).ifPresent(draft.changes::add);
    }

    private void note(Binding binding, Feed feed, Outcome outcome) {
        boolean isIdleTick =
                feed.input() instanceof RuleInput.Tick && outcome.findings().isEmpty();
        if (isIdleTick) {
            return;
        }
        List<Finding> findings = outcome.findings();
        String detail = findings.isEmpty() || findings.getLast().why().isEmpty()
                ? ""
                : findings.getLast().why().getLast().detail();
        String zone = binding.rule().zoneId();
        outlets.log()
                .note(
                        binding.subject(),
                        feed.at().wall(),
                        "rule",
                        binding.rule().definition().id() + (zone.isEmpty() ? "" : " (" + zone + ")"),
                        outcome.reason().code(),
                        detail);
    }

    /** Lets the deadlines of rules pass. */
    void tick(Moment now, Draft draft) {
        Modes current = modes.at(now.wall());
        if (!current.equals(modes)) {
            modes.switches().keySet().stream()
                    .filter(id -> !current.switches().containsKey(id))
                    .forEach(id -> draft.changes.add(ModeSwitches.forget(id)));
            modes = current;
        }
        memory.takeDue(now.steadyNanos())
                .forEach(binding -> draft.attempt(() -> feed(binding, tickOf(now), now, draft)));
    }

    private static Feed tickOf(Moment now) {
        return new Feed(new RuleInput.Tick(), now, _ -> new Basis(now, now, null, List.of(), false), null);
    }

    private void tell(Binding binding, Finding finding, Basis basis, @Nullable LookedPicture picture, Draft draft) {
        String key = EventMaker.dedupKey(binding);
        outlets.record().onFinding(binding.rule().definition().id(), binding.subject(), finding, basis.at());
        switch (finding.change()) {
            case BEGUN, HAPPENED -> begin(binding, finding, basis, picture, draft);
            case UPDATED -> {
                Optional<Judgement> judged = activity.judge(binding, maker.origin(binding), basis.now());
                Map<String, String> news = new HashMap<>(finding.attributes());
                judged.ifPresent(j -> news.putAll(j.attributes()));
                boolean isNews = finding.reason() != RuleReason.STILL_SO;
                Severity severity = judged.map(Judgement::severity).orElse(finding.severity());
                boolean wasSeen =
                        book.openUnder(key).filter(ActivityDesk::saysSeen).isPresent();
                book.update(key, severity, basis.now(), news, isNews ? finding.why() : List.of())
                        .ifPresent(event -> tellNews(event, wasSeen ? Optional.empty() : judged, basis, draft));
            }
            case ENDED ->
                book.end(key, basis.now(), finding.attributes(), finding.why()).ifPresent(event -> add(event, draft));
        }
        join(binding, finding, basis, draft);
    }

    /** Somebody who was not seen before is shown too. */
    private void tellNews(Event event, Optional<Judgement> judged, Basis basis, Draft draft) {
        Optional<ActivityDesk.Shown> shown = activity.lastPicture(judged, basis.now());
        Event told = shown.flatMap(s -> book.promise(event.id(), s.evidence(), basis.now()))
                .orElse(event);
        add(told, draft);
        if (!told.equals(event)) {
            shown.ifPresent(s -> outlets.pictures()
                    .request(new PictureRequest(event.id(), s.evidence().id(), s.wanted())));
        }
    }

    private void begin(Binding binding, Finding found, Basis basis, @Nullable LookedPicture picture, Draft draft) {
        Event.Origin origin = joints.originOf(binding).orElseGet(() -> maker.origin(binding));
        Optional<Judgement> judged = activity.judge(binding, origin, basis.now());
        Finding finding = judged.map(j -> j.apply(found)).orElse(found);
        List<ActivityDesk.Shown> shown = activity.shown(binding.rule().definition(), judged, basis.now());
        Event event = maker.begun(
                binding,
                finding,
                basis,
                origin,
                shown.stream().map(ActivityDesk.Shown::evidence).toList());
        if (event.phase() == Phase.INSTANT) {
            book.happened(event, basis.now().steadyNanos());
        } else {
            book.begin(event, basis.now().steadyNanos());
        }
        add(event, draft);
        boolean hasOwnPicture = event.evidence().size() > shown.size();
        if (hasOwnPicture && picture != null) {
            UUID own = event.evidence().getFirst().id();
            outlets.pictures()
                    .request(PictureRequest.of(
                            event, own, picture, binding.rule().zone(), settings.limits()));
        }
        shown.forEach(one -> outlets.pictures()
                .request(new PictureRequest(event.id(), one.evidence().id(), one.wanted())));
    }

    /** Rules that wait for this one hear of it. */
    private void join(Binding binding, Finding finding, Basis basis, Draft draft) {
        if (finding.change() == Finding.Change.UPDATED) {
            return;
        }
        for (Binding heard : joints.hearing(binding, maker.origin(binding))) {
            RuleInput word = new RuleInput.Word(binding.rule().definition().id(), finding.change());
            List<Reason> why = finding.why();
            Feed feed = new Feed(word, basis.now(), _ -> new Basis(basis.at(), basis.now(), null, why, false), null);
            feed(heard, feed, basis.now(), draft);
        }
    }

    private void add(Event event, Draft draft) {
        draft.events.add(event);
        outlets.tap().onEvent(event);
    }

    /** An action was done, or failed for good. */
    void acted(ActionWord word, Moment now, Draft draft) {
        List<Evidence> pictures = word.camera().isEmpty() ? List.of() : List.of(maker.promised(now));
        Event event = maker.acted(
                new EventMaker.ActionFacts(word.action(), word.isDone(), word.code(), word.attempts(), word.detail()),
                word.cause(),
                pictures,
                now);
        book.happened(event, now.steadyNanos());
        add(event, draft);
        pictures.forEach(picture -> outlets.pictures()
                .request(new PictureRequest(
                        event.id(), picture.id(), new PictureRequest.Wanted.Present(word.camera()))));
    }

    /** Rules that were stopped since the last call. */
    List<HealthNotice> takeStopped() {
        return StoppedRules.begun(guard.takeStopped(), settings.edge());
    }

    /** Their ends, since rules are loaded anew. */
    List<HealthNotice> revived() {
        return StoppedRules.ended(guard.allStopped(), settings.edge());
    }

    /** A person switched a mode; false when there is none of this name. Every rule looks again. */
    boolean switchMode(String id, Modes.Switch switched, Moment now, Draft draft) {
        Modes next = modes.with(id, switched);
        if (next.equals(modes) && !modes.known().containsKey(id)) {
            return false;
        }
        modes = next;
        draft.changes.add(ModeSwitches.change(id, switched));
        memory.bindings().forEach(binding -> feed(binding, tickOf(now), now, draft));
        return true;
    }

    /** Takes over a switch, or what cameras saw, of before a restart; returns whether the change was one of these. */
    boolean resume(StateChange change, Moment now) {
        if (activity.resume(change)) {
            return true;
        }
        Optional<ModeSwitches.Kept> kept = ModeSwitches.read(change);
        kept.ifPresent(k -> modes = modes.with(k.mode(), k.switched()).at(now.wall()));
        return ModeSwitches.isOne(change);
    }

    /** Takes over from another runner. */
    void carry(RuleRunner before) {
        before.modes.switches().forEach((id, switched) -> modes = modes.with(id, switched));
        activity.carry(before.activity);
        joints.carry(before.joints);
    }

    RuleSet rules() {
        return rules;
    }

    RuleMemory memory() {
        return memory;
    }

    ActivityDesk activity() {
        return activity;
    }

    Modes modes() {
        return modes;
    }

    int stopped() {
        return guard.stoppedCount();
    }
}
