package io.fengsui.rules;

import java.time.Duration;
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
 */
public record RuleScope(
        Map<String, List<String>> zones,
        Map<String, Set<String>> quantities,
        Set<String> labels,
        Map<String, Duration> offDelays) {
    public RuleScope(Map<String, List<String>> zones, Map<String, Set<String>> quantities, Set<String> labels) {
        this(zones, quantities, labels, Map.of());
    }

    public RuleScope {
        offDelays = Map.copyOf(offDelays);
        zones = Map.copyOf(zones);
        quantities = Map.copyOf(quantities);
        labels = Set.copyOf(labels);
    }
}
