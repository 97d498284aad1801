package io.fengsui.edge.decide.health;

import io.fengsui.edge.decide.event.HealthNotice;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.Quality;
import io.fengsui.protocol.value.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a sensor's readings say of the sensor itself: a battery that runs low, which is work for somebody and no alarm, and a
 * clock that is wrong. Confined to {@code decide}.
 */
final class SensorCare {
    static final EventKind BATTERY = new EventKind("health.sensor.battery");
    static final EventKind CLOCK = new EventKind("health.sensor.clock");

    /** Share of the charge from which a battery is low, and from which it is good again. */
    static final double LOW = 0.15;

    static final double GOOD = 0.25;

    /** Readings on end whose time cannot be believed, before that is told: one may be late. */
    static final int MAX_UNCERTAIN = 5;

    private final Map<String, Integer> uncertain = new HashMap<>();

    /** What follows from a reading; an end where nothing was told ends nothing. */
    List<HealthNotice> take(Reading reading) {
        List<HealthNotice> notices = new ArrayList<>();
        battery(reading).ifPresent(notices::add);
        clock(reading).ifPresent(notices::add);
        return notices;
    }

    private static Optional<HealthNotice> battery(Reading reading) {
        if (reading.quality() == Quality.BAD) {
            return Optional.empty();
        }
        boolean isFlag = reading.quantity().equals("battery-low");
        boolean isLow = isFlag ? reading.value() > 0.5 : reading.quantity().equals("battery") && reading.value() <= LOW;
        boolean isGood =
                isFlag ? reading.value() <= 0.5 : reading.quantity().equals("battery") && reading.value() >= GOOD;
        if (!isLow && !isGood) {
            return Optional.empty();
        }
        String detail = isFlag
                ? "the sensor says that its battery is " + (isLow ? "low" : "good")
                : "its battery has " + Math.round(reading.value() * 100) + " %";
        return Optional.of(notice(BATTERY, reading.sensor(), isLow, isLow ? "low" : "charged", detail));
    }

    private Optional<HealthNotice> clock(Reading reading) {
        if (reading.quality() == Quality.GOOD) {
            boolean wasTold = uncertain.getOrDefault(reading.sensor(), MAX_UNCERTAIN) >= MAX_UNCERTAIN;
            uncertain.put(reading.sensor(), 0);
            return wasTold
                    ? Optional.of(notice(CLOCK, reading.sensor(), false, "right", "its times are right again"))
                    : Optional.empty();
        }
        if (reading.quality() != Quality.UNCERTAIN) {
            return Optional.empty();
        }
        int count = uncertain.merge(reading.sensor(), 1, Integer::sum);
        return count == MAX_UNCERTAIN
                ? Optional.of(notice(
                        CLOCK, reading.sensor(), true, "off", "its readings bear times that are wrong or long past"))
                : Optional.empty();
    }

    private static HealthNotice notice(EventKind kind, String sensor, boolean isBegun, String code, String detail) {
        return new HealthNotice(kind, Severity.WARNING, Source.sensor(sensor), "", isBegun, code, detail);
    }

    /** Whether an event is one of these, which the next reading ends and no restart. */
    static boolean isOne(EventKind kind) {
        return kind.equals(BATTERY) || kind.equals(CLOCK);
    }
}
