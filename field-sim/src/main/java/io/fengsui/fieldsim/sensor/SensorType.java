package io.fengsui.fieldsim.sensor;

/** What a simulated sensor measures, and how it says so in JSON. */
public enum SensorType {
    /** {@code "smoke": true|false} */
    SMOKE("smoke", 0, 1),
    /** {@code "leak": true|false} */
    LEAK("leak", 0, 1),
    /** {@code "pressed": true|false} */
    BUTTON("pressed", 0, 1),
    /** {@code "level": metres} */
    LEVEL("level", 1.2, 3.6),
    /** {@code "total": cubic metres}, rising slowly; a happening is a tap left open. */
    METER("total", 0.4, 9);

    private final String field;
    private final double quiet;
    private final double alarming;

    SensorType(String field, double quiet, double alarming) {
        this.field = field;
        this.quiet = quiet;
        this.alarming = alarming;
    }

    /** The name of the value in the JSON object. */
    public String field() {
        return field;
    }

    double quiet() {
        return quiet;
    }

    double alarming() {
        return alarming;
    }

    boolean isSwitch() {
        return this == SMOKE || this == LEAK || this == BUTTON;
    }
}
