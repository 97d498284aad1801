package io.fengsui.edge.decide;

import io.fengsui.edge.decide.event.DecideSettings;
import io.fengsui.edge.decide.event.EventBook;
import io.fengsui.edge.decide.event.EventMaker;
import io.fengsui.edge.decide.event.RuleMemory;
import io.fengsui.edge.decide.event.RuleMemory.Binding;
import io.fengsui.edge.decide.health.LatestReadings;
import io.fengsui.edge.decide.outlet.PictureRequest;
import io.fengsui.edge.decide.outlet.PictureRequest.Wanted;
import io.fengsui.edge.decide.outlet.PictureRequestSink;
import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.edge.vision.SnapshotJob;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.link.Answer;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Reading;
import io.fengsui.rules.CompiledRule;
import io.fengsui.rules.RuleCheck;
import io.fengsui.rules.evaluation.Evaluation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Answers whether what an open event is about is still there: by a look of the detector that was asked for, or by the
 * sensor's last word. Objects count as they do for the event's rule. One look that shows them is enough; that they are gone
 * takes two. The picture that decided is promised to the event. Confined to {@code decide}.
 */
final class PresenceDesk {
    /** How long a look may take before there is no answer. */
    static final Duration PATIENCE = Duration.ofSeconds(6);

    /** After a look without them, before the next is asked for. */
    static final Duration PAUSE = Duration.ofMillis(700);

    static final int MAX_ASKED = 256;

    private static final int LOOKS_FOR_GONE = 2;
    private static final Duration OLDEST_PICTURE = Duration.ofSeconds(30);

    private final EventBook book;
    private final RuleMemory memory;
    private final EventMaker maker;
    private final PictureRequestSink pictures;
    private final Function<String, Optional<String>> whyUnseen;
    private final DecideSettings.Limits limits;
    private final LatestReadings readings = new LatestReadings();
    private final List<Asked> asked = new ArrayList<>();

    /** A question that waits for a look. */
    private static final class Asked {
        private final EventId event;
        private final String camera;
        private final Moment at;
        private final Consumer<Answer.Finding> answers;
        private int withoutThem;
        private long lookAgainAt = Long.MAX_VALUE;
        private long seenNanos = Long.MIN_VALUE;

        Asked(Event event, Moment at, Consumer<Answer.Finding> answers) {
            this.event = event.id();
            this.camera = event.origin().source().id();
            this.at = at;
            this.answers = answers;
        }

        private boolean isNews(String looked, Moment arrival) {
            return camera.equals(looked)
                    && arrival.steadyNanos() > seenNanos
                    && arrival.steadyNanos() >= at.steadyNanos() - OLDEST_PICTURE.toNanos();
        }

        private long until() {
            return at.steadyNanos() + PATIENCE.toNanos();
        }
    }

    /** The next revision of an event, which promises a picture, and the request for that. */
    record Promise(Event event, Evidence evidence, PictureRequest request) {}

    PresenceDesk(
            EventBook book,
            RuleMemory memory,
            EventMaker maker,
            PictureRequestSink pictures,
            Function<String, Optional<String>> whyUnseen,
            DecideSettings.Limits limits) {
        this.book = book;
        this.memory = memory;
        this.maker = maker;
        this.pictures = pictures;
        this.whyUnseen = whyUnseen;
        this.limits = limits;
    }

    void ask(EventId id, Consumer<Answer.Finding> answers, Moment now) {
        Optional<Event> open = book.open(id);
        if (open.isEmpty()) {
            answers.accept(new Answer.Nothing("the event is not open on this box"));
            return;
        }
        Event event = open.get();
        switch (event.origin().source().type()) {
            case SENSOR -> answers.accept(bySensor(event));
            case CAMERA -> byLook(event, answers, now);
            case EDGE, HUB, PERSON -> answers.accept(new Answer.Presence(true, now, null));
        }
    }

    private Answer.Finding bySensor(Event event) {
        String sensor = event.origin().source().id();
        String quantity = rule(event)
                .filter(rule -> rule.definition().check() instanceof RuleCheck.OfReadings)
                .map(rule -> ((RuleCheck.OfReadings) rule.definition().check())
                        .filter()
                        .quantity())
                .orElse("");
        return readings.of(sensor, quantity)
                .<Answer.Finding>map(reading -> new Answer.Presence(true, reading.at(), null))
                .orElseGet(() -> unheard(sensor));
    }

    private static Answer.Finding unheard(String sensor) {
        return new Answer.Nothing("nothing was heard of sensor " + sensor + " since the agent started");
    }

    private void byLook(Event event, Consumer<Answer.Finding> answers, Moment now) {
        if (event.kind().isHealth()) {
            answers.accept(new Answer.Presence(true, now, null));
        } else if (asked.size() >= MAX_ASKED) {
            answers.accept(new Answer.Nothing("too many questions wait for a look"));
        } else {
            Asked one = new Asked(event, now, answers);
            whyUnseen.apply(one.camera).ifPresentOrElse(why -> answers.accept(new Answer.Nothing(why)), () -> {
                asked.add(one);
                pictures.look(one.camera);
            });
        }
    }

    /** A picture was looked at: answers what it settles; what comes back promises it to the events concerned. */
    List<Promise> saw(LookedPicture picture, List<Detection> counted, Moment arrival, Moment now) {
        List<Promise> promises = new ArrayList<>();
        for (Iterator<Asked> waiting = asked.iterator(); waiting.hasNext(); ) {
            Asked one = waiting.next();
            if (!one.isNews(picture.look().camera(), arrival)) {
                continue;
            }
            one.seenNanos = arrival.steadyNanos();
            Optional<Event> event = book.open(one.event);
            boolean isPresent = event.filter(e -> shows(e, counted)).isPresent();
            one.withoutThem += isPresent ? 0 : 1;
            if (!isPresent && event.isPresent() && one.withoutThem < LOOKS_FOR_GONE) {
                one.lookAgainAt = now.steadyNanos() + PAUSE.toNanos();
            } else {
                waiting.remove();
                Optional<Promise> promise = promises.stream()
                        .filter(p -> p.event().id().equals(one.event))
                        .findFirst();
                if (promise.isEmpty()) {
                    promise = promise(one.event, new Wanted.Decided(job(event, counted, picture)), now);
                    promise.ifPresent(promises::add);
                }
                Evidence shown = promise.map(Promise::evidence).orElse(null);
                one.answers.accept(new Answer.Presence(isPresent, arrival, shown));
            }
        }
        return promises;
    }

    private SnapshotJob job(Optional<Event> event, List<Detection> boxes, LookedPicture picture) {
        return PictureRequest.job(
                boxes,
                picture,
                event.flatMap(this::rule).map(CompiledRule::zone).orElse(null),
                limits);
    }

    private boolean shows(Event event, List<Detection> objects) {
        Optional<CompiledRule> rule = rule(event).filter(r -> r.definition().check() instanceof RuleCheck.InPicture);
        if (rule.isPresent()) {
            return !Evaluation.counted(rule.get(), objects).isEmpty();
        }
        List<String> labels = event.detections().stream().map(Detection::label).toList();
        return objects.stream().anyMatch(object -> labels.isEmpty() || labels.contains(object.label()));
    }

    private Optional<CompiledRule> rule(Event event) {
        return memory.bindings().stream()
                .filter(binding -> EventMaker.dedupKey(binding).equals(event.dedupKey()))
                .map(Binding::rule)
                .findFirst();
    }

    /** Promises one more picture to an open event; empty when it is not open, or has all that it may have. */
    Optional<Promise> promise(EventId event, Wanted wanted, Moment now) {
        Evidence evidence = maker.promised(now);
        return book.promise(event, evidence, now)
                .map(next -> new Promise(next, evidence, new PictureRequest(event, evidence.id(), wanted)));
    }

    /** Time passes: looks again where one look showed nothing, and gives up; at once where no picture can be hoped for. */
    void tick(Moment now) {
        for (Iterator<Asked> waiting = asked.iterator(); waiting.hasNext(); ) {
            Asked one = waiting.next();
            Optional<String> unseen = whyUnseen.apply(one.camera);
            if (unseen.isPresent()) {
                waiting.remove();
                one.answers.accept(new Answer.Nothing(unseen.get()));
            } else if (now.steadyNanos() >= one.until()) {
                waiting.remove();
                one.answers.accept(new Answer.Nothing(
                        "no picture of camera " + one.camera + " within " + PATIENCE.toSeconds() + " s"));
            } else if (now.steadyNanos() >= one.lookAgainAt) {
                one.lookAgainAt = Long.MAX_VALUE;
                pictures.look(one.camera);
            }
        }
    }

    long nextDue() {
        return asked.stream()
                .mapToLong(one -> Math.min(one.lookAgainAt, one.until()))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    void heard(Reading reading) {
        readings.heard(reading);
    }

    Answer.Finding latest(String sensor, String quantity, Moment now) {
        return readings.of(sensor, quantity)
                .<Answer.Finding>map(reading -> new Answer.Latest(
                        reading,
                        Duration.ofNanos(
                                Math.max(0, now.steadyNanos() - reading.at().steadyNanos()))))
                .orElseGet(() -> unheard(sensor));
    }

    void carry(PresenceDesk before) {
        readings.carry(before.readings);
        asked.addAll(before.asked);
    }
}
