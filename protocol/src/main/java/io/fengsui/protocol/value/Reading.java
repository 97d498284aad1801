package io.fengsui.protocol.value;

/**
 * One sample of one quantity of one sensor, in SI units.
 *
 * @param quantity what was measured: {@code smoke}, {@code leak}, {@code level}, {@code volume}, {@code button} …
 * @param value in {@code unit}; states are 0 and 1
 * @param unit SI: m, m3, degC, ratio; empty for a state
 * @param at when it arrived here; the sensor's own time is the mapping's business
 */
public record Reading(String sensor, String quantity, double value, String unit, Quality quality, Moment at) {
    public Reading {
        Checks.id("sensor", sensor);
        Checks.id("quantity", quantity);
        Checks.text("unit", unit);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "a reading is a finite number, not " + value + " (sensor " + sensor + ")");
        }
    }
}
