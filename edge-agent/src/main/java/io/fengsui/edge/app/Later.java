package io.fengsui.edge.app;

import org.jspecify.annotations.Nullable;

/** One end of a seam that is made after the other. Set once, before anything flows. */
final class Later<T> {
    private volatile @Nullable T value;

    void set(T made) {
        value = made;
    }

    T get() {
        T made = value;
        if (made == null) {
            throw new IllegalStateException("used before it was made");
        }
        return made;
    }
}
