package io.fengsui.edge.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.Detection;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrackerTest {
    private static final double ASPECT = 16.0 / 9;

    private final Tracker tracker = new Tracker(TrackSettings.DEFAULT);
    private TrackerState state = TrackerState.empty();

    /** A person of a tenth of the picture's height walks 1.5 m/s: 0.88 heights a second. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 2, 5, 15})
    void keepsAWalkersNumberAtAnyRate(double rate) {
        Set<Long> ids = play(rate, 20, t -> List.of(person(0.1 + 0.88 * 0.1 / ASPECT * t * 0.8, 0.6, 0.1, 0.8f)));
        assertThat(ids).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 5, 15})
    void keepsTwoApartWhoPassEachOther(double rate) {
        List<Long> left = new ArrayList<>();
        List<Long> right = new ArrayList<>();
        for (long i = 0; i / rate < 12; i++) {
            double x = 0.2 + 0.05 * i / rate;
            look(i / rate, List.of(person(x, 0.60, 0.2, 0.8f), person(1 - x, 0.70, 0.22, 0.8f)));
            state.seen().forEach(t -> (t.box().bottom() < 0.65 ? left : right).add(t.id()));
        }
        assertThat(Set.copyOf(left)).hasSize(1);
        assertThat(Set.copyOf(right)).hasSize(1);
    }

    @Test
    void givesANewNumberToWhoCannotHaveWalkedSoFar() {
        Set<Long> ids = play(1, 8, t -> List.of(person(t < 4 ? 0.1 : 0.9, 0.6, 0.1, 0.8f)));
        assertThat(ids).hasSize(2);
    }

    @Test
    void doesNotTakeABigOneForASmallOne() {
        Set<Long> ids = play(5, 4, t -> List.of(person(0.5, 0.6, t < 2 ? 0.1 : 0.5, 0.8f)));
        assertThat(ids).hasSize(2);
    }

    @Test
    void goesOnThroughDoubtfulSightings() {
        Set<Long> ids = play(5, 10, t -> List.of(person(0.5, 0.6, 0.2, t > 3 && t < 7 ? 0.25f : 0.8f)));
        assertThat(ids).hasSize(1);
        assertThat(state.seen()).hasSize(1);
    }

    @Test
    void beginsNothingOnDoubtfulSightings() {
        play(5, 10, t -> List.of(person(0.5, 0.6, 0.2, 0.3f)));
        assertThat(state.tracks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"15, 0.8, 3", "5, 0.8, 3", "1, 0.8, 2", "0.5, 0.8, 2", "1, 0.46, 99"})
    void believesAfterEnoughSightings(double rate, float score, int sightings) {
        int seen = 0;
        for (int i = 0; i < 20 && seen == 0; i++) {
            look(i / rate, List.of(person(0.5, 0.6, 0.2, score)));
            seen = state.seen().isEmpty() ? 0 : i + 1;
        }
        assertThat(seen).isEqualTo(sightings == 99 ? 0 : sightings);
    }

    @Test
    void believesOneSureSightWhenPicturesAreSecondsApart() {
        for (int i = 0; i < 10; i++) {
            look(i * 2, List.of());
        }
        look(20, List.of(person(0.5, 0.6, 0.2, 0.8f)));
        assertThat(state.seen()).hasSize(1);
    }

    @Test
    void believesOneSureSightAfterAPause() {
        play(5, 10, _ -> List.of());
        look(60, List.of(person(0.5, 0.6, 0.2, 0.8f)));
        assertThat(state.seen()).as("sure, a minute after the last picture").hasSize(1);
        look(60.2, List.of(person(0.1, 0.6, 0.2, 0.8f), person(0.5, 0.6, 0.2, 0.8f)));
        assertThat(state.seen()).as("another, in the next picture").hasSize(1);
    }

    @Test
    void outlivesAFewMissesAndNotMany() {
        Set<Long> ids = play(5, 10, t -> t > 4 && t < 5.5 ? List.of() : List.of(person(0.5, 0.6, 0.2, 0.8f)));
        assertThat(ids).hasSize(1);
        ids.addAll(play(5, 10, 20, t -> t < 14 ? List.of() : List.of(person(0.5, 0.6, 0.2, 0.8f))));
        assertThat(ids).hasSize(2);
    }

    @Test
    void showsOnlyWhatTheLastPictureShowed() {
        play(5, 4, t -> List.of(person(0.5, 0.6, 0.2, 0.8f)));
        look(4, List.of());
        assertThat(state.tracks()).hasSize(1);
        assertThat(state.seen()).isEmpty();
    }

    @Test
    void forgetsTracksWithTheStreamsGenerationButNotTheirNumbers() {
        play(5, 4, t -> List.of(person(0.5, 0.6, 0.2, 0.8f)));
        long old = state.seen().getFirst().id();
        state = tracker.update(
                state, new Tracker.Picture(2, 5_000_000_000L, ASPECT, List.of(person(0.5, 0.6, 0.2, 0.8f))));
        assertThat(state.tracks()).hasSize(1);
        assertThat(state.tracks().getFirst().id()).isNotEqualTo(old);
    }

    @Test
    void leavesAnOlderPictureAside() {
        play(5, 4, t -> List.of(person(0.5, 0.6, 0.2, 0.8f)));
        TrackerState before = state;
        look(1, List.of());
        assertThat(state).isEqualTo(before);
    }

    @Test
    void neverHoldsMoreTracksThanItsCap() {
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            List<Detection> crowd = new ArrayList<>();
            for (int j = 0; j < 256; j++) {
                crowd.add(person(random.nextDouble(), random.nextDouble(), 0.02, 0.9f));
            }
            look(i * 0.2, crowd);
            assertThat(state.tracks()).hasSizeLessThanOrEqualTo(Tracker.MAX_TRACKS);
        }
    }

    private Set<Long> play(double rate, double seconds, DoubleFunction<List<Detection>> scene) {
        return play(rate, 0, seconds, scene);
    }

    private Set<Long> play(double rate, double from, double to, DoubleFunction<List<Detection>> scene) {
        Set<Long> ids = new LinkedHashSet<>();
        for (long i = 0; from + i / rate < to; i++) {
            look(from + i / rate, scene.apply(from + i / rate));
            state.seen().forEach(t -> ids.add(t.id()));
        }
        return ids;
    }

    private void look(double second, List<Detection> detections) {
        state = tracker.update(state, new Tracker.Picture(1, Math.round(second * 1e9), ASPECT, detections));
    }

    private static Detection person(double x, double foot, double height, float score) {
        double width = height * 0.4 / ASPECT;
        return new Detection(
                "person",
                score,
                Box.clamped((float) (x - width / 2), (float) (foot - height), (float) (x + width / 2), (float) foot),
                0);
    }
}
