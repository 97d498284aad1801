package io.fengsui.edge.profile;

import com.fasterxml.jackson.core.JsonPointer;
import io.fengsui.rules.condition.Expression;

/** Where a value stands in a message, or how it is worked out. */
public sealed interface ValueSource {
    /**
     * At a place.
     *
     * @param isOfWhole of the whole payload, even where the message is read item by item
     */
    record At(JsonPointer pointer, boolean isOfWhole) implements ValueSource {
        @Override
        public String toString() {
            return (isOfWhole ? "^" : "") + pointer;
        }
    }

    /** Worked out by an expression in CEL. */
    record Formula(Expression expression) implements ValueSource {
        @Override
        public String toString() {
            return expression.toString();
        }
    }
}
