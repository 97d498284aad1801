package io.fengsui.hub.intake.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.link.Answer;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.link.Question;
import io.fengsui.protocol.link.RecordBatch;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Place;
import io.fengsui.protocol.wire.MalformedMessageException;
import io.fengsui.protocol.wire.WireRecords;
import io.fengsui.runtime.ManualTimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Cameras of other boxes are asked, and what they say joins the event's incident. */
class QuestionDeskTest {
    private static final Instant NOON = Instant.parse("2026-11-21T04:00:00Z");

    private final ManualTimeSource time = new ManualTimeSource(NOON);
    private final List<Event> said = new ArrayList<>();
    private final List<Question> asked = new ArrayList<>();
    private final QuestionDesk desk = new QuestionDesk(time::wall, (edge, body) -> {
        assertThat(edge).isEqualTo("edge-a");
        try {
            said.add((Event) WireRecords.decode(body));
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
        return true;
    });
    private final Event event = event(Map.of(
            "activity", "asked",
            "ask-cameras", "hall",
            "ask-zone", "room",
            "ask-labels", "person",
            "ask-min-watched-percent", "90",
            "activity-window-seconds", "43200"));

    private static Event event(Map<String, String> attributes) {
        Moment moment = new Moment(NOON, ClockQuality.SYNCED, "boot", 1);
        return new Event(
                EventId.make(NOON, new SplittableRandom(1)),
                1,
                Phase.BEGUN,
                new EventKind("water.use.none"),
                Severity.MAJOR,
                Lane.URGENT,
                new Event.Origin("edge-a", "village", Source.sensor("meter-7"), "household-7", Place.UNKNOWN),
                new Event.Times(moment, moment, Duration.ZERO),
                Event.Cause.NONE,
                "no-water/meter-7/water.use.none",
                attributes,
                List.of(),
                List.of(),
                List.of(),
                Event.Marks.NONE);
    }

    private void commit(Event one) {
        desk.committed(
                "edge-a",
                new RecordBatch(
                        Lane.URGENT, "epoch", List.of(new LaneRecord(1, WireRecords.encode(one), new byte[32]))));
    }

    private void answer(boolean wasSeen, double watched) {
        Moment seen = wasSeen ? new Moment(NOON.minusSeconds(7_200), ClockQuality.FREE, "", 0) : null;
        desk.answered("edge-b", new Answer(asked.getLast().id(), new Answer.Activity(wasSeen, watched, seen, null)));
    }

    @Test
    void nobodyInATimeThatWasWatchedMakesItCritical() {
        desk.connected("edge-b", Set.of("hall"), asked::add, this);
        commit(event);
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().matter())
                .isEqualTo(new Question.WasThereActivity(
                        "hall", "room", "person", NOON.minus(Duration.ofHours(12)), NOON));
        answer(false, 0.97);
        assertThat(said).hasSize(1);
        Event told = said.getFirst();
        assertThat(told.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(told.phase()).isEqualTo(Phase.INSTANT);
        assertThat(told.dedupKey()).isEqualTo(event.dedupKey());
        assertThat(told.origin()).isEqualTo(event.origin());
        assertThat(told.attributes()).containsEntry("activity", "nobody").containsEntry("watched-percent", "97");
        answer(false, 0.97);
        assertThat(said).hasSize(1);
    }

    @Test
    void whoWasSeenIsSaidWithTheTime() {
        desk.connected("edge-b", Set.of("hall"), asked::add, this);
        commit(event);
        answer(true, 0.2);
        assertThat(said.getFirst().severity()).isEqualTo(Severity.MINOR);
        assertThat(said.getFirst().attributes()).containsEntry("last-seen", "2026-11-21T02:00:00Z");
    }

    @Test
    void thePictureOfAnotherBoxIsNamed() {
        desk.connected("edge-b", Set.of("hall"), asked::add, this);
        commit(event);
        EventId shown = EventId.make(NOON, new SplittableRandom(2));
        Evidence picture = Evidence.pending(
                EventId.make(NOON, new SplittableRandom(3)).value(),
                "image/jpeg",
                new Moment(NOON.minusSeconds(60), ClockQuality.FREE, "", 0));
        desk.answered(
                "edge-b",
                new Answer(
                        asked.getLast().id(),
                        new Answer.Activity(true, 0.9, picture.taken(), new Answer.Shown(shown, picture))));
        assertThat(said.getFirst().evidence())
                .as("it belongs to an event of the other box")
                .isEmpty();
        assertThat(said.getFirst().attributes())
                .containsEntry("last-seen-picture", picture.id().toString())
                .containsEntry("last-seen-event", shown.toString())
                .containsEntry("last-seen-edge", "edge-b");
    }

    @Test
    void aBoxThatIsAwayOrSilentCountsAsNotWatched() {
        commit(event);
        assertThat(said).extracting(Event::severity).containsExactly(Severity.MAJOR);
        desk.connected("edge-b", Set.of("hall"), asked::add, this);
        commit(event);
        desk.tick();
        assertThat(said).hasSize(1);
        time.advance(QuestionDesk.PATIENCE.plusSeconds(1));
        desk.tick();
        assertThat(said).hasSize(2);
        assertThat(said.getLast().attributes()).containsEntry("activity", "not-watched");
        answer(false, 1);
        assertThat(said).hasSize(2);
    }

    @Test
    void anEventThatAsksNothingIsPassedOver() {
        desk.connected("edge-b", Set.of("hall"), asked::add, this);
        commit(event(Map.of("value", "1")));
        commit(event(Map.of("ask-cameras", "hall")));
        assertThat(asked).isEmpty();
        assertThat(said).isEmpty();
    }

    @Test
    void aSessionThatWasTakenOverDoesNotTakeTheNewOneAway() {
        desk.connected("edge-b", Set.of("hall"), _ -> {}, "old");
        desk.connected("edge-b", Set.of("hall"), asked::add, "new");
        desk.left("edge-b", "old");
        commit(event);
        assertThat(asked).hasSize(1);
    }

    @Test
    void asksOneEdgeAndHandsItsAnswerOn() {
        desk.connected("edge-b", Set.of(), asked::add, this);
        CompletableFuture<Answer.Finding> answer =
                desk.ask("edge-b", new Question.LatestReading("meter-7", ""), Duration.ofSeconds(5));
        assertThat(asked).singleElement().satisfies(question -> {
            assertThat(question.matter()).isEqualTo(new Question.LatestReading("meter-7", ""));
            assertThat(question.expires()).isEqualTo(NOON.plusSeconds(5));
        });
        assertThat(answer).isNotDone();
        desk.answered("edge-b", new Answer(asked.getFirst().id(), new Answer.Nothing("not heard")));
        assertThat(answer).isCompletedWithValue(new Answer.Nothing("not heard"));
        assertThat(said).as("no event is made of it").isEmpty();
    }

    @Test
    void believesOnlyTheEdgeThatWasAsked() {
        desk.connected("edge-b", Set.of("hall"), asked::add, this);
        commit(event);
        desk.answered("edge-c", new Answer(asked.getLast().id(), new Answer.Activity(true, 1, null, null)));
        assertThat(said).isEmpty();
        answer(false, 0.97);
        assertThat(said).extracting(Event::severity).containsExactly(Severity.CRITICAL);

        CompletableFuture<Answer.Finding> answer =
                desk.ask("edge-b", new Question.IsItStillThere(event.id()), Duration.ofSeconds(5));
        desk.answered("edge-c", new Answer(asked.getLast().id(), new Answer.Nothing("gone")));
        assertThat(answer).isNotDone();
        desk.answered("edge-b", new Answer(asked.getLast().id(), new Answer.Nothing("not known")));
        assertThat(answer).isCompletedWithValue(new Answer.Nothing("not known"));
    }

    @Test
    void neverLeavesOneWhoAsksWithoutAnAnswer() {
        Question.Matter matter = new Question.IsItStillThere(event.id());
        assertThat(desk.ask("edge-b", matter, Duration.ofSeconds(5)).join()).isInstanceOf(Answer.Nothing.class);

        desk.connected("edge-b", Set.of(), asked::add, this);
        CompletableFuture<Answer.Finding> late = desk.ask("edge-b", matter, Duration.ofSeconds(5));
        time.advance(Duration.ofSeconds(6));
        desk.tick();
        assertThat(late.join()).isInstanceOf(Answer.Nothing.class);

        CompletableFuture<Answer.Finding> cut = desk.ask("edge-b", matter, Duration.ofSeconds(5));
        desk.left("edge-b", new Object());
        assertThat(cut).as("an older session ended").isNotDone();
        desk.left("edge-b", this);
        assertThat(cut.join()).isEqualTo(new Answer.Nothing("the edge is gone"));
    }
}
