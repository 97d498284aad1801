package io.fengsui.rules.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.rules.Sequel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Who was seen, in how much of the time that was truly watched. */
class JudgementTest {
    private static final Instant START = Instant.parse("2026-05-01T00:10:00Z");
    private static final Sequel.Ask ASK =
            new Sequel.Ask(List.of("hall"), "room", List.of("person"), Duration.ofHours(12), 0.9);

    private ActivityBook book = new ActivityBook();

    private static Moment at(long second) {
        return new Moment(START.plusSeconds(second), ClockQuality.SYNCED, "boot", second * 1_000_000_000L);
    }

    private void watch(long from, long to, boolean isWatched) {
        for (long second = from; second <= to; second += 10) {
            book.account("hall", isWatched, at(second));
        }
    }

    private Judgement judge(long second) {
        Instant to = at(second).wall();
        return Judgement.of(ASK, List.of(book.ask("hall", "room", ASK.labels(), to.minus(ASK.window()), to)));
    }

    @Test
    void nobodyInATimeThatWasWatchedIsCritical() {
        watch(0, 13 * 3600, true);
        book.saw("hall", "", "person", at(12 * 3600));
        book.saw("hall", "room", "dog", at(12 * 3600));
        book.saw("hall", "room", "person", at(600));
        Judgement judgement = judge(13 * 3600);
        assertThat(judgement.verdict()).isEqualTo(Judgement.Verdict.NOBODY);
        assertThat(judgement.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(judgement.attributes()).containsEntry("watched-percent", "100");
    }

    @Test
    void aTimeThatWasNotWatchedIsMajorAndSaidSo() {
        watch(0, 8 * 3600, true);
        watch(8 * 3600 + 10, 13 * 3600, false);
        Judgement judgement = judge(13 * 3600);
        assertThat(judgement.verdict()).isEqualTo(Judgement.Verdict.NOT_WATCHED);
        assertThat(judgement.severity()).isEqualTo(Severity.MAJOR);
        assertThat(judgement.why().detail()).contains("58 % of 43200 s");
    }

    @Test
    void whoWasSeenMakesItMinorWithTheTime() {
        watch(0, 13 * 3600, true);
        book.saw("hall", "room", "person", at(9 * 3600));
        Judgement judgement = judge(13 * 3600);
        assertThat(judgement.verdict()).isEqualTo(Judgement.Verdict.SEEN);
        assertThat(judgement.severity()).isEqualTo(Severity.MINOR);
        assertThat(judgement.attributes()).containsEntry("last-seen", "2026-05-01T09:10:00Z");
    }

    @Test
    void noCameraAtAllIsNotWatched() {
        assertThat(Judgement.of(ASK, List.of()).verdict()).isEqualTo(Judgement.Verdict.NOT_WATCHED);
    }

    @Test
    void aLongPauseBetweenTwoWordsCountsAsNotWatched() {
        book.account("hall", true, at(0));
        book.account("hall", true, at(3600));
        Instant to = at(3600).wall();
        assertThat(book.ask("hall", "", List.of(), to.minusSeconds(3600), to).watchedShare())
                .isZero();
    }

    private double share(long from, long to) {
        return book.ask("hall", "room", ASK.labels(), at(from).wall(), at(to).wall())
                .watchedShare();
    }

    /** The hour began at -600 s and the next one at 3000 s. */
    @Test
    void aShortWindowIsNotTakenForTheRestOfItsHour() {
        watch(0, 1800, true);
        watch(1810, 2400, false);
        assertThat(share(1810, 2400)).as("watched earlier in this hour").isZero();
        assertThat(share(1200, 2400)).isCloseTo(0.5, within(0.01));
        watch(2410, 3040, true);
        assertThat(share(2990, 3040)).as("over the full hour").isEqualTo(1);
    }

    @Test
    void aCameraThatHasJustBegunHasWatchedSinceThen() {
        watch(2980, 3040, true);
        assertThat(share(2980, 3040)).isCloseTo(1, within(0.01));
        assertThat(share(2920, 3040)).isCloseTo(0.5, within(0.01));
    }

    @Test
    void aClockThatIsSetBackForgetsTheSecondsAndNotTheHours() {
        watch(0, 7200, true);
        book.account("hall", true, at(3600));
        assertThat(share(0, 3600)).isCloseTo(1, within(0.2));
        assertThat(share(3600, 3610)).isLessThanOrEqualTo(1);
    }

    @Test
    void aCameraThatComesAndGoesTakesNoRoomWithoutEnd() {
        for (long second = 0; second < 7000; second += 10) {
            book.account("hall", second % 20 == 0, at(second));
        }
        assertThat(share(4000, 7000)).isCloseTo(0.5, within(0.02));
        assertThat(share(0, 7000)).isCloseTo(0.5, within(0.1));
    }

    @Test
    void goesOnFromWhatWasWritten() {
        watch(0, 6 * 3600, true);
        book.saw("hall", "room", "person", at(7_200));
        byte[] written = Objects.requireNonNull(book.changes(at(6 * 3600)).get("hall"));
        book = new ActivityBook();
        book.resume("hall", written);
        Activity activity =
                book.ask("hall", "room", List.of(), START, at(12 * 3600).wall());
        assertThat(activity.watchedShare()).isCloseTo(0.5, within(0.02));
        assertThat(activity.lastSeen()).contains(at(7_200).wall());
        book.resume("hall", new byte[] {7, 7});
        assertThat(book.ask("hall", "room", List.of(), START, at(3600).wall()).watchedShare())
                .isZero();
    }
}
