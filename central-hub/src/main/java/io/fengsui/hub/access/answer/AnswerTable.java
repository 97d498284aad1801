package io.fengsui.hub.access.answer;

import java.util.Collection;

/** Rows of kept answers. Writer's thread only. */
@FunctionalInterface
public interface AnswerTable {
    void writeAnswers(Collection<KeptAnswer> answers);
}
