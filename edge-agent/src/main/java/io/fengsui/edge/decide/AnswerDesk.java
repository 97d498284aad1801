package io.fengsui.edge.decide;

import io.fengsui.edge.decide.event.DecideSettings;
import io.fengsui.edge.decide.event.EventBook;
import io.fengsui.edge.decide.event.EventMaker;
import io.fengsui.edge.decide.event.PatrolEvents;
import io.fengsui.edge.decide.outlet.PictureRequest;
import io.fengsui.edge.decide.outlet.PictureRequestSink;
import io.fengsui.edge.patrol.Round;
import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.link.Answer;
import io.fengsui.protocol.link.Question;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Moment;
import io.fengsui.rules.activity.Activity;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers the hub's questions, and says the events that an answer needs: a picture leaves the box with an event only.
 * Confined to {@code decide}.
 */
final class AnswerDesk {
    private final DecideSettings settings;
    private final EventBook book;
    private final EventMaker maker;
    private final RuleRunner runner;
    private final PictureRequestSink pictures;
    private final Function<String, Optional<String>> whyUnseen;
    private final BiConsumer<Event, Moment> say;
    private final PresenceDesk presence;
    private final PatrolEvents patrols;

    /**
     * @param whyUnseen why no picture of a camera can be hoped for; empty when there may be one
     * @param say takes an event that stands for itself, or the next revision of one
     */
    AnswerDesk(
            DecideSettings settings,
            EventBook book,
            EventMaker maker,
            RuleRunner runner,
            PictureRequestSink pictures,
            Function<String, Optional<String>> whyUnseen,
            BiConsumer<Event, Moment> say) {
        this.settings = settings;
        this.patrols = new PatrolEvents(settings, maker.random());
        this.book = book;
        this.maker = maker;
        this.runner = runner;
        this.pictures = pictures;
        this.whyUnseen = whyUnseen;
        this.say = say;
        this.presence = new PresenceDesk(book, runner.memory(), maker, pictures, whyUnseen, settings.limits());
    }

    PresenceDesk presence() {
        return presence;
    }

    void saw(LookedPicture picture, List<Detection> counted, Moment arrival, Moment now) {
        presence.saw(picture, counted, arrival, now).forEach(promise -> take(promise, now));
    }

    /** Whether what an event is about is still there; the answer may need a look. */
    void isStillThere(EventId event, Consumer<Answer.Finding> answers, Moment now) {
        presence.ask(event, answers, now);
    }

    /** What a sensor said last. */
    Answer.Finding latest(String sensor, String quantity, Moment now) {
        return presence.latest(sensor, quantity, now);
    }

    /** What a camera saw in a window; the last picture, where one is kept, comes with an event of its own. */
    Answer.Finding activity(Question.WasThereActivity asked, Moment now) {
        Activity seen = runner.activity().ask(asked.camera(), asked.zone(), asked.label(), asked.from(), asked.to());
        Moment last = seen.lastSeen()
                .map(at -> new Moment(at, ClockQuality.FREE, "", 0))
                .orElse(null);
        return new Answer.Activity(last != null, seen.watchedShare(), last, shown(seen, last, now));
    }

    private Answer.@Nullable Shown shown(Activity seen, @Nullable Moment last, Moment now) {
        Optional<PictureRequest.Wanted> kept = runner.activity().kept(seen);
        if (kept.isEmpty() || last == null) {
            return null;
        }
        Evidence evidence = maker.promised(last);
        Event event = maker.shown(seen.camera(), seen.zone(), evidence, now);
        tell(event, kept.get(), now);
        return new Answer.Shown(event.id(), evidence);
    }

    /** Adds the present picture of a camera to an open event; what is wrong, or nothing. */
    String attach(String camera, EventId event, Moment now) {
        if (!settings.cameras().containsKey(camera)) {
            return "there is no camera '" + camera + "'";
        }
        Optional<String> unseen = whyUnseen.apply(camera);
        if (unseen.isPresent()) {
            return unseen.get();
        }
        Optional<PresenceDesk.Promise> promise =
                presence.promise(event, new PictureRequest.Wanted.Present(camera), now);
        promise.ifPresent(p -> take(p, now));
        return promise.isPresent() ? "" : "the event is not open on this box, or has all pictures that it may have";
    }

    /** A round of cameras was made: it is told with its sheet, and so is what was found. */
    void patrolled(Round round, Moment now) {
        for (Round.Visit visit : round.visits()) {
            LookedPicture picture = visit.picture();
            if (picture != null && !visit.found().isEmpty()) {
                Evidence promised = maker.promised(now);
                Event found = patrols.found(round, visit, List.of(promised), now);
                tell(
                        found,
                        new PictureRequest.Wanted.Decided(
                                PictureRequest.job(visit.found(), picture, null, settings.limits())),
                        now);
            }
        }
        boolean hasSheet = round.sheet().length > 0;
        Event told = patrols.round(round, hasSheet ? List.of(maker.promised(now)) : List.of(), now);
        tell(told, new PictureRequest.Wanted.Made(round.sheet()), now);
    }

    private void tell(Event event, PictureRequest.Wanted wanted, Moment now) {
        book.happened(event, now.steadyNanos());
        say.accept(event, now);
        event.evidence().forEach(one -> pictures.request(new PictureRequest(event.id(), one.id(), wanted)));
    }

    private void take(PresenceDesk.Promise promise, Moment now) {
        say.accept(promise.event(), now);
        pictures.request(promise.request());
    }

    void carry(AnswerDesk before) {
        presence.carry(before.presence);
    }
}
