package io.fengsui.edge.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;

class DraftTest {
    private final Draft draft = new Draft();

    private void attempt(RuntimeException thrown) {
        draft.attempt(() -> {
            throw thrown;
        });
    }

    @Test
    void whatOthersThrewIsToldWithTheFirst() {
        RuntimeException first = new IllegalStateException("first");
        RuntimeException second = new IllegalArgumentException("second");
        attempt(first);
        attempt(first);
        attempt(second);
        assertThat(catchThrowable(draft::rethrow)).isSameAs(first);
        assertThat(first.getSuppressed()).containsExactly(second);
    }

    @Test
    void ofThousandsThatFailAFewAreTold() {
        RuntimeException first = new IllegalStateException("first");
        attempt(first);
        for (int i = 0; i < 2_000; i++) {
            attempt(new IllegalStateException("rule " + i));
        }
        assertThat(first.getSuppressed()).hasSize(8);
    }
}
