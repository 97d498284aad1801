package io.fengsui.edge.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * One counter for each value of an enum, told apart by a label. All are there from the start, so that none begins to be when
 * it first counts. Thread-safe.
 */
public final class LabelledCounters<E extends Enum<E>> {
    private final Map<E, Counter> counters;

    /** @param label its values are the names of the enum's, in lower case */
    public LabelledCounters(MeterRegistry registry, Class<E> type, String name, String description, String label) {
        Map<E, Counter> made = new EnumMap<>(type);
        for (E value : type.getEnumConstants()) {
            made.put(
                    value,
                    Counter.builder(name)
                            .description(description)
                            .tag(label, value.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        counters = made;
    }

    public void increment(E value) {
        add(value, 1);
    }

    public void add(E value, long count) {
        Counter counter = counters.get(value);
        if (counter != null) {
            counter.increment((double) count);
        }
    }
}
