package io.fengsui.rules.condition;

/**
 * What is wrong with the text of a condition.
 *
 * @param line within the text, from 1
 * @param column within the line, in characters, from 1
 * @param snippet the line, and under it a caret
 */
public record ConditionFault(int line, int column, String reason, String snippet) {
    @Override
    public String toString() {
        return line + ":" + column + ": " + reason + "\n" + snippet;
    }
}
