package io.fengsui.fieldsim.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteLightTest {
    @ParameterizedTest
    @CsvSource({"0, 1", "59.7, 1", "59.95, 0.8", "60.2, 0.6", "66, 0.6", "90, 0.6", "90.25, 0.8", "90.5, 1", "119.9, 1"
    })
    void goesDownBeforeAnybodyComesAndUpLater(double seconds, double light) {
        assertThat(SiteLight.at(seconds)).isCloseTo(light, within(1e-9));
    }

    @Test
    void darkensLumaAndLeavesBlackAndChromaAsTheyAre() {
        byte[] planes = {16, (byte) 116, (byte) 235, (byte) 200};
        SiteLight.dim(planes, 3, 0.5);
        assertThat(planes).containsExactly(16, 66, (byte) 126, (byte) 200);
    }
}
