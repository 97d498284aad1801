package io.fengsui.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Gathers everything that is wrong, so that a person hears of it at once and not one by one. Keeps the first
 * {@value #MAX_KEPT} and counts the rest. Confined to one thread.
 */
public final class Problems {
    /** How many problems are kept for telling. */
    public static final int MAX_KEPT = 200;

    private static final Comparator<Problem> IN_READING_ORDER = Comparator.comparing(
                    (Problem p) -> p.where().file())
            .thenComparingInt(p -> p.where().line())
            .thenComparingInt(p -> p.where().column());

    private final List<Problem> kept = new ArrayList<>();
    private int count;

    public void add(Problem problem) {
        count++;
        if (kept.size() < MAX_KEPT) {
            kept.add(problem);
        }
    }

    public void add(Where where, Problem.Code code, String reason, String hint) {
        add(new Problem(where, code, reason, hint));
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** All of them, also those not kept. */
    public int count() {
        return count;
    }

    /** What was kept, in the order of a reader of the files. */
    public List<Problem> list() {
        return kept.stream().sorted(IN_READING_ORDER).toList();
    }

    /** One problem a line. */
    @Override
    public String toString() {
        String lines = list().stream().map(Problem::toString).collect(Collectors.joining("\n"));
        return count > kept.size() ? lines + "\nand " + (count - kept.size()) + " more" : lines;
    }
}
