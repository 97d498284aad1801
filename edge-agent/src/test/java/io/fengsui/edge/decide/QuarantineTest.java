package io.fengsui.edge.decide;

import static io.fengsui.edge.decide.BenchRules.RULES;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.camera.CameraState;
import io.fengsui.edge.decide.event.DecideSettings;
import io.fengsui.edge.decide.event.EventBook;
import io.fengsui.edge.decide.event.EventMaker;
import io.fengsui.edge.decide.health.HealthDesk;
import io.fengsui.edge.decide.health.HealthInput;
import io.fengsui.edge.decide.health.HealthInput.QuarantineWord;
import io.fengsui.edge.vision.Quarantine;
import io.fengsui.edge.vision.Quarantine.Cause;
import io.fengsui.edge.vision.VisionState;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.SourceType;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A camera whose pictures end the vision workers: what is told of it, and what is believed of it. */
class QuarantineTest {
    private static final String BEGUN = "health.camera.quarantined BEGUN 1";
    private static final String ENDED = "health.camera.quarantined ENDED 2";

    private final TestingBench bench = new TestingBench();
    private final HealthDesk desk = desk();

    private HealthDesk desk() {
        DecideSettings settings = BenchRules.settings("cam-1", "cam-2");
        return new HealthDesk(settings, new EventMaker(settings, new Random(1)), new EventBook(), bench.now());
    }

    @BeforeEach
    void bothStreamAndAWorkerIsThere() {
        List.of("cam-1", "cam-2").forEach(camera -> say(desk, stream(camera)));
        say(desk, new HealthInput.WorkerWord(0, VisionState.READY, "started", ""));
    }

    private List<Event> say(HealthDesk to, HealthInput word) {
        return to.take(word, bench.now());
    }

    private static HealthInput stream(String camera) {
        return new HealthInput.CameraWord(camera, CameraState.STREAMING, "", "");
    }

    private static HealthInput word(String camera, Cause cause) {
        return new QuarantineWord(new Quarantine(camera, cause, 3, Duration.ofMinutes(10)));
    }

    @Test
    void isToldAtOnceAsTheCamerasTroubleAndEndsWhenAPictureIsDecoded() {
        bench.quarantine("cam-1", Cause.WORKERS_CRASHED);
        assertThat(bench.brief()).containsExactly(BEGUN);
        Event begun = bench.events.getFirst();
        assertThat(begun.severity()).isEqualTo(Severity.MAJOR);
        assertThat(begun.lane()).isEqualTo(Lane.URGENT);
        assertThat(begun.dedupKey()).isEqualTo("health.camera.quarantined/cam-1");
        assertThat(begun.origin().source().type()).isEqualTo(SourceType.CAMERA);
        assertThat(begun.origin().place().name().en()).isEqualTo("East gate");
        assertThat(begun.attributes()).containsEntry("cause", "workers_crashed");
        bench.pass(Duration.ofMinutes(11));
        bench.quarantine("cam-1", Cause.WORKERS_CRASHED);
        assertThat(bench.brief()).containsExactly(BEGUN);
        bench.quarantine("cam-1", Cause.DECODED);
        bench.quarantine("cam-1", Cause.DECODED);
        assertThat(bench.brief()).containsExactly(BEGUN, ENDED);
        assertThat(bench.events.getLast().why().getLast().detail()).startsWith("decoded: ");
    }

    @Test
    void endsAlsoWhenNoPictureCameToBeTried() {
        bench.quarantine("cam-1", Cause.WORKERS_CRASHED);
        bench.quarantine("cam-1", Cause.UNTRIED);
        assertThat(bench.brief()).containsExactly(BEGUN, ENDED);
        assertThat(bench.events.getLast().why().getLast().detail()).startsWith("untried: ");
        bench.quarantine("cam-1", Cause.WORKERS_CRASHED);
        assertThat(bench.brief()).containsExactly(BEGUN, ENDED, BEGUN);
    }

    @Test
    void isNothingThatAStreamBeginsOrEnds() {
        bench.quarantine("cam-1", Cause.WORKERS_CRASHED);
        bench.camera("cam-1", CameraState.OFFLINE, "stalled");
        bench.pass(Duration.ofSeconds(11));
        bench.streaming("cam-1");
        assertThat(bench.brief())
                .containsExactly(BEGUN, "health.camera.offline BEGUN 1", "health.camera.offline ENDED 2");
    }

    @Test
    void isNotBelievedToWatchUntilItIsLookedAtAgain() {
        assertThat(desk.watching()).accepts("cam-1", "cam-2");
        say(desk, word("cam-1", Cause.WORKERS_CRASHED));
        assertThat(desk.watching()).rejects("cam-1").accepts("cam-2");
        say(desk, stream("cam-1"));
        assertThat(desk.watching()).rejects("cam-1");
        say(desk, word("cam-1", Cause.DECODED));
        assertThat(desk.watching()).accepts("cam-1", "cam-2");
    }

    @Test
    void saysNothingOfACameraThatIsNotConfigured() {
        assertThat(say(desk, word("gone", Cause.WORKERS_CRASHED))).isEmpty();
        bench.quarantine("cam-1", Cause.WORKERS_CRASHED);
        bench.core = bench.core.successor(BenchRules.settings("cam-2"), BenchRules.rules(RULES), bench.now());
        assertThat(bench.brief()).containsExactly(BEGUN, ENDED);
        assertThat(bench.events.getLast().why().getLast().code()).isEqualTo("removed");
        bench.quarantine("cam-1", Cause.WORKERS_CRASHED);
        assertThat(bench.events).hasSize(2);
    }

    @Test
    void goesOnAcrossANewConfiguration() {
        bench.quarantine("cam-1", Cause.WORKERS_CRASHED);
        bench.core = bench.core.successor(BenchRules.settings("cam-1", "cam-2"), BenchRules.rules(RULES), bench.now());
        bench.pass(Duration.ofMinutes(5));
        assertThat(bench.brief())
                .filteredOn(told -> told.contains("quarantined"))
                .containsExactly(BEGUN);
        bench.quarantine("cam-1", Cause.DECODED);
        assertThat(bench.brief()).last().isEqualTo(ENDED);
        HealthDesk next = desk();
        say(desk, word("cam-1", Cause.WORKERS_CRASHED));
        next.carry(desk);
        assertThat(next.watching()).rejects("cam-1").accepts("cam-2");
    }

    @Test
    void isOneEventAcrossARestartIfItHappensAgainAndEndsIfItDoesNot() {
        bench.quarantine("cam-1", Cause.WORKERS_CRASHED);
        bench.restart(Duration.ofSeconds(5), RULES, "cam-1");
        bench.pass(Duration.ofSeconds(30));
        bench.quarantine("cam-1", Cause.WORKERS_CRASHED);
        bench.pass(Duration.ofMinutes(5));
        assertThat(bench.brief()).containsExactly(BEGUN);
        bench.restart(Duration.ofSeconds(5), RULES, "cam-1");
        bench.pass(Duration.ofSeconds(61));
        assertThat(bench.brief()).containsExactly(BEGUN, ENDED);
        assertThat(bench.events.getLast().why().getLast().code()).isEqualTo("restarted");
    }

    @Test
    void isNotBelievedToWatchAfterARestartBeforeItsWordCouldCome() {
        Event open = say(desk, word("cam-1", Cause.WORKERS_CRASHED)).getFirst();
        assertThat(open.phase()).isEqualTo(Phase.BEGUN);
        HealthDesk next = desk();
        next.resume(open, bench.now());
        say(next, stream("cam-1"));
        say(next, new HealthInput.WorkerWord(0, VisionState.READY, "started", ""));
        assertThat(next.watching()).rejects("cam-1");
        bench.time.advance(Duration.ofSeconds(61));
        assertThat(next.tick(bench.now())).extracting(Event::phase).contains(Phase.ENDED);
        assertThat(next.watching()).accepts("cam-1");
    }
}
