package io.fengsui.rules;

import io.fengsui.protocol.value.Reading;
import io.fengsui.rules.geometry.Zone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All rules of one box, bound to their places. Immutable. */
public final class RuleSet {
    public static final RuleSet EMPTY = compile(List.of(), Map.of());

    private final Map<String, List<CompiledRule>> byCamera;
    private final Map<String, List<CompiledRule>> byQuantity;
    private final List<CompiledRule> all;

    private RuleSet(Map<String, List<CompiledRule>> byCamera, Map<String, List<CompiledRule>> byQuantity) {
        this.byCamera = byCamera;
        this.byQuantity = byQuantity;
        List<CompiledRule> rules = new ArrayList<>();
        byCamera.values().forEach(rules::addAll);
        byQuantity.values().forEach(rules::addAll);
        this.all = List.copyOf(rules);
    }

    /**
     * Binds rules to cameras and quantities. A camera or zone that is not there binds nothing: the reader has told.
     *
     * @param zones of each camera, by its id
     */
    public static RuleSet compile(List<RuleDefinition> definitions, Map<String, List<Zone>> zones) {
        Map<String, List<CompiledRule>> byCamera = new LinkedHashMap<>();
        Map<String, List<CompiledRule>> byQuantity = new LinkedHashMap<>();
        for (RuleDefinition definition : definitions) {
            switch (definition.check()) {
                case RuleCheck.InPicture check -> bind(definition, check.filter(), zones, byCamera);
                case RuleCheck.OfReadings check ->
                    byQuantity
                            .computeIfAbsent(check.filter().quantity(), _ -> new ArrayList<>())
                            .add(new CompiledRule(definition, "", null));
            }
        }
        return new RuleSet(byCamera, byQuantity);
    }

    private static void bind(
            RuleDefinition definition,
            RuleCheck.ObjectFilter filter,
            Map<String, List<Zone>> zones,
            Map<String, List<CompiledRule>> byCamera) {
        zones.forEach((camera, itsZones) -> {
            if (!filter.cameras().isEmpty() && !filter.cameras().contains(camera)) {
                return;
            }
            Optional<Zone> zone =
                    itsZones.stream().filter(z -> z.id().equals(filter.zone())).findFirst();
            if (filter.zone().isEmpty() || zone.isPresent()) {
                byCamera.computeIfAbsent(camera, _ -> new ArrayList<>())
                        .add(new CompiledRule(definition, camera, zone.orElse(null)));
            }
        });
    }

    /** Rules that look at this camera's pictures. */
    public List<CompiledRule> forCamera(String camera) {
        return byCamera.getOrDefault(camera, List.of());
    }

    /** Rules that this reading is for. */
    public List<CompiledRule> forReading(Reading reading) {
        return byQuantity.getOrDefault(reading.quantity(), List.of()).stream()
                .filter(rule -> rule.definition().check() instanceof RuleCheck.OfReadings check
                        && (check.filter().sensors().isEmpty()
                                || check.filter().sensors().contains(reading.sensor())))
                .toList();
    }

    /** Every rule and place. */
    public List<CompiledRule> all() {
        return all;
    }
}
