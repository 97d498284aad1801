package io.fengsui.hub.intake.question;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.link.Answer;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.link.Question;
import io.fengsui.protocol.link.RecordBatch;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.wire.MalformedMessageException;
import io.fengsui.protocol.wire.WireRecords;
import io.fengsui.rules.Sequel;
import io.fengsui.rules.activity.Activity;
import io.fengsui.rules.activity.Judgement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the boxes whose cameras an event names ({@code activity: asked}) and says the answer as one more event of the same
 * box, place and key, so that it joins the same incident and ticket: nobody was seen in a time that was watched makes it
 * critical. What is not answered within {@link #PATIENCE} counts as not watched. Thread-safe; never blocks.
 */
public final class QuestionDesk {
    static final Duration PATIENCE = Duration.ofSeconds(8);
    static final int MAX_OPEN = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(QuestionDesk.class);
    private static final byte[] ASKS = "ask-cameras".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_CAMERAS = 32;
    private static final int MAX_WATCHED_PERCENT = 100;

    private final Clock clock;
    private final Outlet outlet;
    private final Map<String, Line> lines = new HashMap<>();
    private final Map<UUID, Enquiry> open = new LinkedHashMap<>();
    private final OneQuestion single = new OneQuestion();

    /** Says an event of an edge durably; false when there is no room. */
    @FunctionalInterface
    public interface Outlet {
        boolean say(String edge, byte[] body);
    }

    /** The hub's wall clock. */
    @FunctionalInterface
    public interface Clock {
        Instant now();
    }

    private record Line(Set<String> cameras, Consumer<Question> questions, Object session) {}

    private record Asked(String edge, String camera) {}

    /** What is asked for one event. */
    private static final class Enquiry {
        private final Event event;
        private final Sequel.Ask ask;
        private final Instant until;
        private final Map<UUID, Asked> waiting = new HashMap<>();
        private final List<Activity> answers = new ArrayList<>();
        private final Map<String, LastPicture> pictures = new HashMap<>();

        Enquiry(Event event, Sequel.Ask ask, Instant until) {
            this.event = event;
            this.ask = ask;
            this.until = until;
        }
    }

    public QuestionDesk(Clock clock, Outlet outlet) {
        this.clock = clock;
        this.outlet = outlet;
    }

    /** An edge is served: these cameras can be asked over this line. */
    public synchronized void connected(String edge, Set<String> cameras, Consumer<Question> questions, Object session) {
        lines.put(edge, new Line(Set.copyOf(cameras), questions, session));
    }

    /** That session has ended. */
    public void left(String edge, Object session) {
        synchronized (this) {
            Line line = lines.get(edge);
            if (line == null || !line.session().equals(session)) {
                return;
            }
            lines.remove(edge);
        }
        single.left(edge);
    }

    /**
     * Asks one edge. Always completes, with {@link Answer.Nothing} where it is away, goes away or does not answer within
     * the patience. Completes on the edge's session or on whoever lets time pass: what follows must not block.
     */
    public CompletableFuture<Answer.Finding> ask(String edge, Question.Matter matter, Duration patience) {
        return ask(edge, matter, patience, _ -> {});
    }

    /** The same, for what takes long: the edge says how far it is. */
    public CompletableFuture<Answer.Finding> ask(
            String edge, Question.Matter matter, Duration patience, Consumer<Answer.Progress> progress) {
        Line line;
        synchronized (this) {
            line = lines.get(edge);
        }
        if (line == null) {
            return OneQuestion.nothing("the edge is away");
        }
        if (single.isFull(MAX_OPEN)) {
            return OneQuestion.nothing("too many questions are open");
        }
        UUID id = UUID.randomUUID();
        Instant until = clock.now().plus(patience);
        CompletableFuture<Answer.Finding> answer = new CompletableFuture<>();
        single.put(id, edge, until, answer, progress);
        line.questions().accept(new Question(id, until, matter));
        return answer;
    }

    /** Records of an edge are on disk. */
    public void committed(String edge, RecordBatch batch) {
        for (LaneRecord record : batch.records()) {
            // Decoding every record once more would cost the writer; hardly one of them asks.
            if (mentions(record.body(), ASKS)) {
                asking(record.body()).ifPresent(event -> ask(edge, event));
            }
        }
    }

    private static Optional<Event> asking(byte[] body) {
        try {
            return WireRecords.decode(body) instanceof Event event
                            && event.phase() == Phase.BEGUN
                            && "asked".equals(event.attributes().get("activity"))
                    ? Optional.of(event)
                    : Optional.empty();
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }

    private static boolean mentions(byte[] body, byte[] word) {
        for (int i = 0; i + word.length <= body.length; i++) {
            if (body[i] == word[0] && Arrays.equals(body, i, i + word.length, word, 0, word.length)) {
                return true;
            }
        }
        return false;
    }

    private void ask(String edge, Event event) {
        List<Runnable> questions = new ArrayList<>();
        Enquiry enquiry;
        synchronized (this) {
            Instant now = clock.now();
            enquiry = new Enquiry(event, askOf(event), now.plus(PATIENCE));
            if (open.size() >= MAX_OPEN) {
                LOG.warn("too many questions are open, event={} is not asked about", event.id());
                return;
            }
            for (String camera : enquiry.ask.cameras()) {
                lines.forEach((other, line) -> {
                    if (!other.equals(edge) && line.cameras().contains(camera)) {
                        questions.add(question(enquiry, new Asked(other, camera), line, event, now));
                    }
                });
            }
        }
        questions.forEach(Runnable::run);
        if (questions.isEmpty()) {
            settle(enquiry);
        }
    }

    private Runnable question(Enquiry enquiry, Asked asked, Line line, Event event, Instant now) {
        UUID id = UUID.randomUUID();
        enquiry.waiting.put(id, asked);
        open.put(id, enquiry);
        Instant to = event.times().revised().wall();
        String label = enquiry.ask.labels().size() == 1 ? enquiry.ask.labels().getFirst() : "";
        Question question = new Question(
                id,
                now.plus(PATIENCE),
                new Question.WasThereActivity(
                        asked.camera(), enquiry.ask.zone(), label, to.minus(enquiry.ask.window()), to));
        return () -> line.questions().accept(question);
    }

    private static Sequel.Ask askOf(Event event) {
        Map<String, String> a = event.attributes();
        List<String> cameras = Stream.of(a.getOrDefault("ask-cameras", "").split(",", MAX_CAMERAS))
                .filter(camera -> !camera.isBlank())
                .toList();
        List<String> labels = List.of(a.getOrDefault("ask-labels", "person").split(",", MAX_CAMERAS));
        long seconds = number(a.get("activity-window-seconds"), 86_400, 31L * 86_400);
        double watched = number(a.get("ask-min-watched-percent"), 90, MAX_WATCHED_PERCENT) / 100.0;
        return new Sequel.Ask(cameras, a.getOrDefault("ask-zone", ""), labels, Duration.ofSeconds(seconds), watched);
    }

    private static long number(@Nullable String text, long absent, long most) {
        return text != null && text.matches("[0-9]{1,9}") ? Math.clamp(Long.parseLong(text), 1, most) : absent;
    }

    /** An edge answered. What this edge was not asked, or what comes too late, is passed over. */
    public void answered(String edge, Answer answer) {
        if (single.answered(edge, answer)) {
            return;
        }
        Enquiry done = null;
        synchronized (this) {
            Enquiry enquiry = open.get(answer.question());
            Asked asked = enquiry == null ? null : enquiry.waiting.get(answer.question());
            if (enquiry == null || asked == null || !asked.edge().equals(edge)) {
                return;
            }
            open.remove(answer.question());
            enquiry.waiting.remove(answer.question());
            if (answer.finding() instanceof Answer.Activity activity) {
                Optional<Instant> seen = activity.wasSeen()
                        ? Optional.ofNullable(activity.lastSeen()).map(Moment::wall)
                        : Optional.empty();
                enquiry.answers.add(new Activity(asked.camera(), enquiry.ask.zone(), activity.watchedRatio(), seen));
                if (activity.picture() != null) {
                    enquiry.pictures.put(asked.camera(), new LastPicture(asked.edge(), activity.picture()));
                }
            }
            done = enquiry.waiting.isEmpty() ? enquiry : null;
        }
        if (done != null) {
            settle(done);
        }
    }

    /** Time passes: what was not answered is settled with what came. */
    public void tick() {
        single.tick(clock.now());
        Set<Enquiry> late = new LinkedHashSet<>();
        synchronized (this) {
            Instant now = clock.now();
            open.values().stream().filter(e -> now.isAfter(e.until)).forEach(late::add);
            late.forEach(enquiry -> {
                open.keySet().removeAll(enquiry.waiting.keySet());
                enquiry.waiting.clear();
            });
        }
        late.forEach(this::settle);
    }

    private void settle(Enquiry enquiry) {
        Judgement judgement = Judgement.of(enquiry.ask, enquiry.answers);
        Optional<LastPicture> picture = judgement.seen().map(Activity::camera).map(enquiry.pictures::get);
        Event said = QuestionEvents.answer(enquiry.event, judgement, picture, clock.now());
        LOG.info("event={} asked about {}: {}", enquiry.event.id(), enquiry.ask.cameras(), judgement.verdict());
        if (!outlet.say(enquiry.event.origin().edge(), WireRecords.encode(said))) {
            LOG.warn("the answer about event={} is lost, the hub is busy", enquiry.event.id());
        }
    }
}
