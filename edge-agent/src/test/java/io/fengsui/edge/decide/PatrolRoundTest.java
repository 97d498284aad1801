package io.fengsui.edge.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.decide.outlet.PictureRequest.Wanted;
import io.fengsui.edge.patrol.PatrolSettings;
import io.fengsui.edge.patrol.Round;
import io.fengsui.edge.patrol.SheetPlan;
import io.fengsui.edge.patrol.Timetable;
import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Name;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of a round of cameras. */
class PatrolRoundTest {
    private final TestingBench bench = new TestingBench();
    private final PatrolSettings patrol = new PatrolSettings(
            "morning",
            new Name("早巡", "Morning round"),
            List.of("cam-1", "cam-2"),
            new Timetable(List.of(), Duration.ofHours(1)),
            "",
            new PatrolSettings.Found(List.of("person"), 0.5, new EventKind("patrol.found"), Severity.WARNING));

    private Round round(Detection... found) {
        LookedPicture picture = bench.picture(bench.time.steadyNanos(), found);
        return new Round(
                patrol,
                List.of(
                        new Round.Visit("cam-1", picture, List.of(found), ""),
                        new Round.Visit("cam-2", null, List.of(), "it is offline")),
                new byte[] {1, 2, 3},
                SheetPlan.of(2));
    }

    @Test
    void tellsTheRoundWithItsSheetAndNamesWhoWasMissed() {
        bench.core.answers().patrolled(round(), bench.now());
        assertThat(bench.events).hasSize(1);
        Event told = bench.events.getFirst();
        assertThat(told.kind().value()).isEqualTo("patrol.round");
        assertThat(told.phase()).isEqualTo(Phase.INSTANT);
        assertThat(told.attributes())
                .containsEntry("patrol", "morning")
                .containsEntry("cameras", "cam-1,cam-2")
                .containsEntry("missed-cameras", "cam-2")
                .containsEntry("found-cameras", "")
                .containsEntry("sheet-columns", "2");
        assertThat(told.why().getFirst().detail()).isEqualTo("cam-2: it is offline");
        assertThat(bench.pictures).singleElement().satisfies(request -> {
            assertThat(request.evidence()).isEqualTo(told.evidence().getFirst().id());
            assertThat(request.wanted()).isInstanceOf(Wanted.Made.class);
        });
    }

    @Test
    void whatIsFoundIsAnEventOfItsCamera() {
        bench.core.answers().patrolled(round(TestingBench.person(0.5)), bench.now());
        assertThat(bench.brief()).containsExactly("patrol.found INSTANT 1", "patrol.round INSTANT 1");
        Event found = bench.events.getFirst();
        assertThat(found.severity()).isEqualTo(Severity.WARNING);
        assertThat(found.origin().source().id()).isEqualTo("cam-1");
        assertThat(found.origin().place().name().zh()).isEqualTo("东门");
        assertThat(found.detections()).hasSize(1);
        assertThat(found.cause().model()).isEqualTo("nanodet-g");
        assertThat(bench.pictures.getFirst().wanted()).isInstanceOf(Wanted.Decided.class);
        assertThat(bench.events.getLast().attributes()).containsEntry("found-cameras", "cam-1");
    }

    @Test
    void whatALibrarySaysOfAFailureMayHaveAnyCharacters() {
        Round round = new Round(
                patrol,
                List.of(new Round.Visit("cam-2", null, List.of(), "bad\u0000answer\r\n" + "x".repeat(5_000))),
                new byte[0],
                SheetPlan.of(1));
        bench.core.answers().patrolled(round, bench.now());
        assertThat(bench.events).singleElement().satisfies(told -> {
            assertThat(told.why().getFirst().detail()).startsWith("cam-2: bad answer  xx");
            assertThat(told.evidence()).as("there is no sheet").isEmpty();
        });
        assertThat(bench.pictures).isEmpty();
    }
}
