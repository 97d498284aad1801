package io.fengsui.rules.condition;

import java.util.List;

/** Which variables a condition may use. */
public enum ConditionScope {
    /** One detected object in a picture; lengths in 0..1 of the picture. */
    OBJECT,

    /**
     * One reading. {@code previous} is the value before it (the same value at first), {@code elapsed} the seconds
     * between the two, {@code rate} the change a second.
     */
    READING;

    /** Variables that are texts. */
    public List<String> texts() {
        return switch (this) {
            case OBJECT -> List.of("label", "camera", "zone");
            case READING -> List.of("sensor", "quantity", "unit");
        };
    }

    /** Variables that are numbers (CEL's double). */
    public List<String> numbers() {
        return switch (this) {
            case OBJECT -> List.of("confidence", "left", "top", "right", "bottom", "width", "height");
            case READING -> List.of("value", "previous", "elapsed", "rate");
        };
    }
}
