package io.fengsui.edge.gate.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.gate.luma.LightRegime;
import io.fengsui.edge.gate.trust.TrustBook.Unrest;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustTest {
    private static final Unrest CALM = new Unrest(0.005, false, false);

    private static Trust trusted() {
        return new Trust(LightRegime.COLOUR, true, TrustReason.AGREED, 20, 20);
    }

    /** One sample of a trusted camera. */
    @ParameterizedTest
    @CsvSource({
        // light, there, noticed, area, shifted -> trusted, reason, needed
        "COLOUR, false, false, 0.005, false, true,  AGREED,  20",
        "COLOUR, true,  true,  0.005, false, true,  AGREED,  20",
        "COLOUR, true,  false, 0.005, false, false, MISSED,  40",
        "GREY,   false, false, 0.005, false, false, LIGHT,   20",
        "GREY,   true,  false, 0.005, false, false, LIGHT,   20",
        "COLOUR, false, false, 0.03,  false, false, NOISY,   20",
        "COLOUR, false, false, 1,     false, false, NOISY,   20",
        "COLOUR, false, false, 0.005, true,  false, BITRATE, 20",
        "COLOUR, true,  true,  0.005, true,  false, BITRATE, 20",
    })
    void isLostAtOnce(
            LightRegime light,
            boolean isThere,
            boolean wasNoticed,
            double leastArea,
            boolean hasShifted,
            boolean isTrusted,
            TrustReason reason,
            int needed) {
        Trust after = trusted().after(new TrustSample(light, isThere, wasNoticed, leastArea, hasShifted));
        assertThat(after.isTrusted()).isEqualTo(isTrusted);
        assertThat(after.reason()).isEqualTo(reason);
        assertThat(after.needed()).isEqualTo(needed);
        assertThat(after.light()).isEqualTo(light);
    }

    @Test
    void isEarnedByAgreeingSamplesInOneLight() {
        Trust trust = Trust.initial(LightRegime.COLOUR);
        TrustSample quiet = new TrustSample(LightRegime.COLOUR, false, false, 0.005, false);
        for (int i = 1; i < Trust.FIRST_NEEDED; i++) {
            trust = trust.after(quiet);
            assertThat(trust.isTrusted()).isFalse();
        }
        assertThat(trust.after(quiet).isTrusted()).isTrue();
        Trust other = trust.after(new TrustSample(LightRegime.GREY, false, false, 0.005, false));
        assertThat(other.agreeing()).isZero();
    }

    @Test
    void isNeverHadWhileSomethingWasMissed() {
        for (long seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Trust trust = Trust.initial(LightRegime.COLOUR);
            int sinceMiss = 0;
            for (int i = 0; i < 500; i++) {
                boolean isMiss = random.nextInt(60) == 0;
                trust = trust.after(new TrustSample(LightRegime.COLOUR, isMiss, false, 0.005, false));
                sinceMiss = isMiss ? 0 : sinceMiss + 1;
                assertThat(trust.isTrusted()).isEqualTo(sinceMiss >= trust.needed());
                assertThat(trust.needed()).isBetween(Trust.FIRST_NEEDED, Trust.MOST_NEEDED);
            }
        }
    }

    @Test
    void sizesHaveASecondToNoticeWhatASmallPictureShows() {
        List<Trust> told = new ArrayList<>();
        TrustBook book = new TrustBook(told::add);
        long second = 1_000_000_000L;
        for (int i = 0; i < 20; i++) {
            book.onQuiet(LightRegime.COLOUR, CALM, 2L * i * second);
        }
        assertThat(book.trust().isTrusted()).isTrue();
        book.onFound(CALM, 40 * second);
        book.onNoticed(40 * second + second / 2);
        judge(book, CALM, 42 * second);
        assertThat(book.trust().isTrusted()).isTrue();
        book.onFound(CALM, 60 * second);
        judge(book, CALM, 60 * second);
        assertThat(book.trust().isTrusted()).as("not judged yet").isTrue();
        judge(book, CALM, 61 * second);
        assertThat(book.trust().reason()).isEqualTo(TrustReason.MISSED);
        assertThat(told).extracting(Trust::reason).containsExactly(TrustReason.AGREED, TrustReason.MISSED);
    }

    @Test
    void whatNobodyCouldKnowYetCountsForNothing() {
        TrustBook book = new TrustBook(belief -> {});
        Unrest learning = new Unrest(1, false, true);
        for (int i = 0; i < 20; i++) {
            book.onQuiet(LightRegime.COLOUR, learning, at(2 * i));
        }
        book.onFound(learning, at(41));
        judge(book, CALM, at(43));
        assertThat(book.trust()).isEqualTo(Trust.initial(LightRegime.COLOUR));
    }

    /** A stream of a camera that was trusted: its first samples, and how many it takes until it is so again. */
    @ParameterizedTest
    @CsvSource({
        // sum of the parameter sets, light, missed before -> samples
        "7, COLOUR, false, 2",
        "8, COLOUR, false, 12",
        "7, GREY,   false, 12",
        "7, COLOUR, true,  12",
    })
    void whereTheSameComesBackTwoSamplesConfirmWhatWasEarned(
            long parameterSets, LightRegime light, boolean wasWrong, int needed) {
        TrustBook book = new TrustBook(belief -> {});
        book.onStream(at(0));
        book.onParameterSets(7);
        assertThat(samplesUntilTrusted(book, LightRegime.COLOUR, 0)).isEqualTo(Trust.FIRST_NEEDED);
        if (wasWrong) {
            book.onFound(CALM, at(100));
            judge(book, CALM, at(102));
            assertThat(book.earned()).isEmpty();
        }
        book.onStream(at(200));
        assertThat(book.trust().isTrusted()).isFalse();
        book.onParameterSets(parameterSets);
        book.onLight(light, CALM);
        assertThat(samplesUntilTrusted(book, light, 200)).isEqualTo(needed);
    }

    @Test
    void eachDuskTakesTwoSamplesOnceBothLightsAreKnown() {
        TrustBook book = new TrustBook(belief -> {});
        book.onStream(at(0));
        book.onParameterSets(7);
        assertThat(samplesUntilTrusted(book, LightRegime.COLOUR, 0)).isEqualTo(12);
        book.onLight(LightRegime.GREY, CALM);
        assertThat(samplesUntilTrusted(book, LightRegime.GREY, 100)).isEqualTo(12);
        book.onLight(LightRegime.COLOUR, CALM);
        assertThat(book.trust().reason()).isEqualTo(TrustReason.LIGHT);
        assertThat(samplesUntilTrusted(book, LightRegime.COLOUR, 200)).isEqualTo(2);
        book.onLight(LightRegime.GREY, CALM);
        assertThat(samplesUntilTrusted(book, LightRegime.GREY, 300)).isEqualTo(2);
    }

    @Test
    void noiseDelaysWhatIsConfirmedAndASizeThatMissesSomethingEndsIt() {
        TrustBook book = new TrustBook(belief -> {});
        book.remember(List.of(new EarnedTrust(LightRegime.COLOUR, 7, 48)));
        book.onStream(at(0));
        book.onParameterSets(7);
        book.onQuiet(LightRegime.COLOUR, CALM, at(2));
        book.onQuiet(LightRegime.COLOUR, new Unrest(0.5, false, false), at(4));
        assertThat(book.trust().reason()).isEqualTo(TrustReason.NOISY);
        book.onQuiet(LightRegime.COLOUR, CALM, at(6));
        assertThat(book.trust().isTrusted()).isFalse();
        book.onFound(CALM, at(7));
        judge(book, CALM, at(9));
        assertThat(book.trust().reason()).isEqualTo(TrustReason.MISSED);
        assertThat(book.trust().needed()).as("after 48 that were not enough").isEqualTo(96);
        assertThat(samplesUntilTrusted(book, LightRegime.COLOUR, 10)).isEqualTo(96);
    }

    private static int samplesUntilTrusted(TrustBook book, LightRegime light, double from) {
        int samples = 0;
        while (!book.trust().isTrusted()) {
            samples++;
            book.onQuiet(light, CALM, at(from + 2 * samples));
            assertThat(samples).isLessThan(Trust.MOST_NEEDED);
        }
        return samples;
    }

    private static void judge(TrustBook book, Unrest unrest, long now) {
        if (book.isDue(now)) {
            book.judge(LightRegime.COLOUR, unrest);
        }
    }

    private static long at(double seconds) {
        return (long) (seconds * 1e9);
    }
}
