package io.fengsui.rules.condition;

import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationResult;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with the text of a condition.
 *
 * @param line within the text, from 1
 * @param column within the line, in characters, from 1
 * @param snippet the line, and under it a caret
 */
public record ConditionFault(int line, int column, String reason, String snippet) {
    private static final int LONGEST_SHOWN = 200;

    /** At a place of a text, with the line and a caret under it. */
    static ConditionFault at(String text, int line, int column, String reason) {
        List<String> lines = text.lines().toList();
        String shown = line <= lines.size() ? lines.get(line - 1) : "";
        if (shown.length() > LONGEST_SHOWN) {
            shown = shown.substring(0, LONGEST_SHOWN);
        }
        String caret = " ".repeat(Math.min(column - 1, shown.length())) + "^";
        return new ConditionFault(line, column, reason, shown + "\n" + caret);
    }

    /** All that checking a text found. */
    static List<ConditionFault> of(String text, CelValidationResult checked) {
        List<ConditionFault> faults = new ArrayList<>();
        for (CelIssue issue : checked.getErrors()) {
            int line = Math.max(1, issue.getSourceLocation().getLine());
            int column = Math.max(1, issue.getSourceLocation().getColumn() + 1);
            faults.add(at(text, line, column, issue.getMessage()));
        }
        return faults;
    }

    @Override
    public String toString() {
        return line + ":" + column + ": " + reason + "\n" + snippet;
    }
}
