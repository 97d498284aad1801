package io.fengsui.hub.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundedKindsTest {
    @Test
    void showsTheFirstKindsByNameAndTheRestAsOther() {
        BoundedKinds kinds = new BoundedKinds(2);

        assertThat(kinds.label("fire.smoke")).isEqualTo("fire.smoke");
        assertThat(kinds.label("water.leak")).isEqualTo("water.leak");
        assertThat(kinds.label("made.up")).isEqualTo(BoundedKinds.OTHER);
        assertThat(kinds.label("fire.smoke")).isEqualTo("fire.smoke");
        assertThat(new BoundedKinds(9).label("x".repeat(81))).isEqualTo(BoundedKinds.OTHER);
    }
}
