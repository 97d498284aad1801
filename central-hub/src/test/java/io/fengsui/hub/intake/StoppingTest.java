package io.fengsui.hub.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.fleet.Liveness;
import io.fengsui.hub.intake.evidence.StoredEvidence;
import io.fengsui.hub.intake.greeting.Greeting;
import io.fengsui.hub.intake.question.QuestionDesk;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.RecordBatch;
import io.fengsui.protocol.link.Refusal;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.wire.WireEnvelopes;
import io.fengsui.protocol.wire.v1.FromHub;
import io.fengsui.protocol.wire.v1.RefusalReason;
import io.fengsui.runtime.ManualTimeSource;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A hub that stops says so to edges that come just then, and to those that it serves. */
class StoppingTest {
    private final ManualTimeSource time = new ManualTimeSource(Instant.parse("2026-11-21T02:00:00Z"));
    private final Liveness liveness = new Liveness(time);
    private final List<String> left = new ArrayList<>();
    private final IntakeSettings settings =
            new IntakeSettings(Duration.ofSeconds(5), Duration.ofSeconds(30), IntakeSettings.WINDOW_BYTES, null);
    private final EventLog log = new Log();
    private final EdgeSessions sessions = new EdgeSessions(log, liveness, settings, time);
    private final Intake intake = new Intake(
            log,
            offered -> {
                throw new AssertionError("no evidence is offered");
            },
            sessions,
            liveness,
            settings,
            new IntakeCounts(),
            new QuestionDesk(time::wall, (edge, body) -> true),
            new Intake.Clock(time, "hub-boot"));

    @Test
    void tellsAnEdgeThatConnectsToAStoppingHubToComeAgain() {
        sessions.close();
        Line line = new Line();
        greet(line);

        assertThat(line.heard).singleElement().satisfies(message -> {
            assertThat(message.getRefusal().getReason()).isEqualTo(RefusalReason.REFUSAL_REASON_OVERLOADED);
            assertThat(message.getRefusal().getDetail()).isEqualTo("the hub is stopping");
            assertThat(message.getRefusal().getRetryAfterSeconds()).isPositive();
        });
        assertThat(line.isOver).isTrue();
        assertThat(intake.counts().refusals(Refusal.Cause.OVERLOADED)).isOne();
    }

    @Test
    void endsTheConversationsThatItHas() {
        Line line = new Line();
        greet(line);
        assertThat(sessions.size()).isOne();
        assertThat(line.isOver).isFalse();

        sessions.close();
        assertThat(line.isOver).isTrue();
        assertThat(left).containsExactly("edge-1 the hub is stopping");
    }

    private void greet(Line line) {
        Moment now = new Moment(time.wall(), ClockQuality.SYNCED, "boot", time.steadyNanos());
        new EdgeSession(intake, line)
                .onNext(WireEnvelopes.fromEdge(new Hello(
                        Hello.PROTOCOL_VERSION,
                        "0.1.0",
                        new Hello.Identity("edge-1", "site-1", Name.NONE, "epoch", "boot", "fingerprint"),
                        now,
                        List.of(),
                        new Hello.Inventory(List.of(), List.of(), List.of()),
                        "")));
    }

    /** The way back to the edge. */
    private static final class Line implements StreamObserver<FromHub> {
        final List<FromHub> heard = new ArrayList<>();
        boolean isOver;

        @Override
        public void onNext(FromHub message) {
            heard.add(message);
        }

        @Override
        public void onError(Throwable error) {
            isOver = true;
        }

        @Override
        public void onCompleted() {
            isOver = true;
        }
    }

    /** Takes a hello and notes who left; of the rest nothing is said here. */
    private final class Log implements EventLog {
        @Override
        public boolean greet(Hello hello, Duration clockOffset, Consumer<Greeting> reply) {
            return true;
        }

        @Override
        public boolean append(String edge, RecordBatch batch, Consumer<Appended> reply) {
            return false;
        }

        @Override
        public boolean appendVolatile(String edge, byte[] body) {
            return false;
        }

        @Override
        public boolean renew(String edge, List<EventId> open) {
            return true;
        }

        @Override
        public boolean measured(String edge, Duration clockOffset) {
            return true;
        }

        @Override
        public boolean left(String edge, String detail) {
            left.add(edge + " " + detail);
            return true;
        }

        @Override
        public boolean fork(Fork fork) {
            throw new AssertionError(fork.toString());
        }

        @Override
        public boolean stored(StoredEvidence evidence, Runnable committed, Runnable lost) {
            return false;
        }
    }
}
