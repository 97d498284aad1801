package io.fengsui.fieldsim.sensor;

import java.util.List;

/**
 * What one sensor measures, as a function of the seconds since the script's start. Pure.
 *
 * @param everySeconds how often it reports when nothing changes
 */
public record SensorScript(String id, SensorType type, String topic, double everySeconds, List<Alarm> alarms) {

    /**
     * A time of alarm: a switch is on; a level rises, is over the threshold and falls again; a meter runs.
     *
     * @param kind the kind of event that has to come of it
     * @param thresholdAt for a level the value from which on it counts, otherwise without meaning
     */
    public record Alarm(String kind, double fromSeconds, double lastingSeconds, double thresholdAt) {
        public Alarm {
            if (!(fromSeconds >= 0) || !(lastingSeconds > 0)) {
                throw new IllegalArgumentException("an alarm begins at 0 s or later and lasts a while");
            }
        }
    }

    public SensorScript {
        if (id.isBlank() || topic.isBlank() || topic.contains("#") || topic.contains("+")) {
            throw new IllegalArgumentException("a sensor has an id and a topic without wildcards");
        }
        if (!(everySeconds >= 0.1)) {
            throw new IllegalArgumentException("sensor " + id + " reports at most ten times a second");
        }
        alarms = List.copyOf(alarms);
    }

    /** How far the alarm is on: 0 for quiet, 1 for fully; a level takes the first third of its time to rise, and the last to fall. */
    private double strength(Alarm alarm, double seconds) {
        double part = (seconds - alarm.fromSeconds()) / alarm.lastingSeconds();
        if (part < 0 || part >= 1) {
            return 0;
        }
        return type == SensorType.LEVEL ? Math.min(1, 3 * Math.min(part, 1 - part)) : 1;
    }

    /** Whether the alarm's condition truly holds. */
    public boolean isAlarming(Alarm alarm, double seconds) {
        return type == SensorType.LEVEL
                ? strength(alarm, seconds) > 0 && value(seconds) >= alarm.thresholdAt()
                : strength(alarm, seconds) > 0;
    }

    /** The measured value; switches are 0 or 1. */
    public double value(double seconds) {
        if (type == SensorType.METER) {
            double extra = alarms.stream()
                    .mapToDouble(alarm -> Math.clamp(seconds - alarm.fromSeconds(), 0, alarm.lastingSeconds()))
                    .sum();
            return 120 + (type.quiet() * seconds + type.alarming() * extra) / 3600;
        }
        double strongest = alarms.stream()
                .mapToDouble(alarm -> strength(alarm, seconds))
                .max()
                .orElse(0);
        return type.quiet() + strongest * (type.alarming() - type.quiet());
    }
}
