package io.fengsui.rules.condition;

import java.util.List;

/** Which variables a condition may use. */
public enum ConditionScope {
    /** One detected object in a picture; lengths in 0..1 of the picture. */
    OBJECT(
            List.of("label", "camera", "zone"),
            List.of("confidence", "left", "top", "right", "bottom", "width", "height")),

    /**
     * One reading. {@code previous} is the value before it (the same value at first), {@code elapsed} the seconds
     * between the two, {@code rate} the change a second.
     */
    READING(List.of("sensor", "quantity", "unit"), List.of("value", "previous", "elapsed", "rate"));

    private final List<String> texts;
    private final List<String> numbers;

    ConditionScope(List<String> texts, List<String> numbers) {
        this.texts = texts;
        this.numbers = numbers;
    }

    /** Variables that are texts. */
    public List<String> texts() {
        return texts;
    }

    /** Variables that are numbers (CEL's double). */
    public List<String> numbers() {
        return numbers;
    }
}
