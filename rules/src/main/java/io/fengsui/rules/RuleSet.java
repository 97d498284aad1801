package io.fengsui.rules;

import io.fengsui.protocol.value.Reading;
import io.fengsui.rules.geometry.Zone;
import io.fengsui.rules.timing.Mode;
import io.fengsui.rules.timing.Modes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All rules of one box, bound to their places, found by what they are fed with. Immutable. */
public final class RuleSet {
    public static final RuleSet EMPTY = compile(List.of(), Map.of());

    private final Map<String, List<CompiledRule>> byCamera = new LinkedHashMap<>();
    private final Map<String, Readers> byQuantity = new LinkedHashMap<>();
    private final Map<String, List<CompiledRule>> byRule = new LinkedHashMap<>();
    private final List<CompiledRule> all;
    private final Modes modes;

    /** Rules of one quantity: by each sensor that any of them names, and those that take every sensor. */
    private static final class Readers {
        private final List<CompiledRule> ofAny = new ArrayList<>();
        private final Map<String, List<CompiledRule>> bySensor = new LinkedHashMap<>();

        void add(CompiledRule rule, List<String> sensors) {
            if (sensors.isEmpty()) {
                bySensor.values().forEach(rules -> rules.add(rule));
                ofAny.add(rule);
            }
            sensors.stream()
                    .distinct()
                    .forEach(sensor -> bySensor.computeIfAbsent(sensor, _ -> new ArrayList<>(ofAny))
                            .add(rule));
        }

        List<CompiledRule> of(String sensor) {
            return bySensor.getOrDefault(sensor, ofAny);
        }
    }

    private RuleSet(List<RuleDefinition> definitions, Map<String, List<Zone>> zones, List<Mode> modes) {
        List<CompiledRule> bound = new ArrayList<>();
        for (RuleDefinition definition : definitions) {
            switch (definition.check()) {
                case RuleCheck.InPicture check -> bound.addAll(bind(definition, check.filter(), zones));
                case RuleCheck.OfReadings check -> {
                    CompiledRule rule = new CompiledRule(definition, "", null);
                    byQuantity
                            .computeIfAbsent(check.filter().quantity(), _ -> new Readers())
                            .add(rule, check.filter().sensors());
                    bound.add(rule);
                }
                case JointCheck check -> {
                    CompiledRule rule = new CompiledRule(definition, "", null);
                    check.rules()
                            .forEach(id -> byRule.computeIfAbsent(id, _ -> new ArrayList<>())
                                    .add(rule));
                    bound.add(rule);
                }
            }
        }
        this.all = List.copyOf(bound);
        this.modes = Modes.of(modes);
    }

    /** Where there are no modes. */
    public static RuleSet compile(List<RuleDefinition> definitions, Map<String, List<Zone>> zones) {
        return compile(definitions, zones, List.of());
    }

    /**
     * Binds rules to cameras and quantities. A camera or zone that is not there binds nothing: the reader has told.
     *
     * @param zones of each camera, by its id
     */
    public static RuleSet compile(List<RuleDefinition> definitions, Map<String, List<Zone>> zones, List<Mode> modes) {
        return new RuleSet(definitions, zones, modes);
    }

    private List<CompiledRule> bind(
            RuleDefinition definition, RuleCheck.ObjectFilter filter, Map<String, List<Zone>> zones) {
        List<CompiledRule> bound = new ArrayList<>();
        zones.forEach((camera, itsZones) -> {
            if (!filter.cameras().isEmpty() && !filter.cameras().contains(camera)) {
                return;
            }
            Optional<Zone> zone =
                    itsZones.stream().filter(z -> z.id().equals(filter.zone())).findFirst();
            if (filter.zone().isEmpty() || zone.isPresent()) {
                CompiledRule rule = new CompiledRule(definition, camera, zone.orElse(null));
                byCamera.computeIfAbsent(camera, _ -> new ArrayList<>()).add(rule);
                bound.add(rule);
            }
        });
        return bound;
    }

    /** Rules that look at this camera's pictures. */
    public List<CompiledRule> forCamera(String camera) {
        return byCamera.getOrDefault(camera, List.of());
    }

    /** Rules that this reading is for. */
    public List<CompiledRule> forReading(Reading reading) {
        Readers readers = byQuantity.get(reading.quantity());
        return readers == null ? List.of() : readers.of(reading.sensor());
    }

    /** Rules that wait for what this one finds. */
    public List<CompiledRule> joining(String rule) {
        return byRule.getOrDefault(rule, List.of());
    }

    /** Every rule and place. */
    public List<CompiledRule> all() {
        return all;
    }

    /** The modes, with nothing switched. */
    public Modes modes() {
        return modes;
    }
}
