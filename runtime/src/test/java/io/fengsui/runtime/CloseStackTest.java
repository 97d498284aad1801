package io.fengsui.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloseStackTest {
    private final List<String> closed = new ArrayList<>();

    @Test
    void closesLastFirstAndGoesOnPastAFailure() {
        CloseStack stack = new CloseStack();
        stack.push("first", () -> closed.add("first"));
        stack.push("broken", () -> {
            throw new IllegalStateException("does not close");
        });
        stack.push("last", () -> closed.add("last"));
        stack.close();
        assertThat(closed).containsExactly("last", "first");
    }

    @Test
    void closingTwiceClosesOnce() {
        CloseStack stack = new CloseStack();
        stack.push("part", () -> closed.add("part"));
        stack.close();
        stack.close();
        assertThat(closed).containsExactly("part");
    }

    @Test
    void aPartThatComesAfterTheEndIsClosedAtOnce() {
        CloseStack stack = new CloseStack();
        stack.close();
        stack.push("late", () -> closed.add("late"));
        assertThat(closed).containsExactly("late");
    }
}
