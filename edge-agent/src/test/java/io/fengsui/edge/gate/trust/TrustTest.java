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
    private static final Unrest CALM = new Unrest(0.005, false);

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
        book.onFound(40 * second);
        book.onNoticed(40 * second + second / 2);
        book.onTime(LightRegime.COLOUR, CALM, 42 * second);
        assertThat(book.trust().isTrusted()).isTrue();
        book.onFound(60 * second);
        book.onTime(LightRegime.COLOUR, CALM, 60 * second);
        assertThat(book.trust().isTrusted()).as("not judged yet").isTrue();
        book.onTime(LightRegime.COLOUR, CALM, 61 * second);
        assertThat(book.trust().reason()).isEqualTo(TrustReason.MISSED);
        assertThat(told).extracting(Trust::reason).containsExactly(TrustReason.AGREED, TrustReason.MISSED);
    }
}
