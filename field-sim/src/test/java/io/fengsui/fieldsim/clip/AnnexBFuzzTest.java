package io.fengsui.fieldsim.clip;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes are a clip that can be written and read again, or are refused. */
final class AnnexBFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void anyBytesAreAClipOrRefused(byte[] bytes) {
        AccessUnitClip clip;
        try {
            clip = AccessUnitClip.of(bytes, 15);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotEmpty();
            return;
        }
        assertThat(AccessUnitClip.of(clip.toAnnexB(), 15).frames()).isEqualTo(clip.frames());
    }
}
