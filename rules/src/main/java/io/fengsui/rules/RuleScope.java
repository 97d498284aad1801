package io.fengsui.rules;

import io.fengsui.rules.calendar.WorkingCalendar;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What rules may refer to.
 *
 * @param zones ids of the zones of each camera, by its id
 * @param quantities that each sensor measures, by its id; an empty set: not known, any will do
 * @param labels of the models in use; empty: not known, any will do
 * @param offDelays of quantities that devices never say to be 0: how long after the last 1 they are over
 * @param times what hours, holidays and modes mean
 */
public record RuleScope(
        Map<String, List<String>> zones,
        Map<String, Set<String>> quantities,
        Set<String> labels,
        Map<String, Duration> offDelays,
        Times times) {
    /**
     * What hours are counted in.
     *
     * @param zone of windows that name none
     * @param isAnyYearKnown whether the calendar has holidays at all
     * @param modes ids of the modes
     */
    public record Times(ZoneId zone, WorkingCalendar calendar, boolean isAnyYearKnown, Set<String> modes) {
        public static final Times UTC =
                new Times(ZoneOffset.UTC, WorkingCalendar.ofDays(ZoneOffset.UTC, List.of()), false, Set.of());

        public Times {
            modes = Set.copyOf(modes);
        }
    }

    public RuleScope(Map<String, List<String>> zones, Map<String, Set<String>> quantities, Set<String> labels) {
        this(zones, quantities, labels, Map.of(), Times.UTC);
    }

    public RuleScope {
        offDelays = Map.copyOf(offDelays);
        zones = Map.copyOf(zones);
        quantities = Map.copyOf(quantities);
        labels = Set.copyOf(labels);
    }
}
