package io.fengsui.hub.ops;

import java.util.HashSet;
import java.util.Set;

/**
 * Keeps the values of a label few: the first so many kinds are shown by name, every further one as {@code other}, so
 * that nobody who sends events can fill the memory of those who scrape. Thread-safe.
 */
final class BoundedKinds {
    static final String OTHER = "other";
    private static final int MAX_LENGTH = 80;

    private final int most;
    private final Set<String> shown = new HashSet<>();

    BoundedKinds(int most) {
        this.most = most;
    }

    synchronized String label(String kind) {
        if (shown.contains(kind)) {
            return kind;
        }
        if (shown.size() >= most || kind.isEmpty() || kind.length() > MAX_LENGTH) {
            return OTHER;
        }
        shown.add(kind);
        return kind;
    }
}
