package io.fengsui.rules;

import io.fengsui.rules.condition.Condition;
import io.fengsui.rules.geometry.Zone;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rule bound to its place, ready to evaluate. Immutable.
 *
 * @param camera empty for a rule of readings
 * @param zone null for the whole picture and for a rule of readings
 */
public record CompiledRule(
        RuleDefinition definition, String camera, @Nullable Zone zone) {

    /** What a person wrote under {@code when}. */
    public Condition condition() {
        return switch (definition.check()) {
            case RuleCheck.InPicture check -> check.filter().when();
            case RuleCheck.OfReadings check -> check.filter().when();
            case JointCheck _ -> Condition.ALWAYS;
        };
    }

    /** Changes with all that makes a stored state meaningless: the rule's version and the outline of its zone. */
    public String fingerprint() {
        if (zone == null) {
            return definition.version();
        }
        String outline = definition.version() + zone.polygon();
        return io.fengsui.protocol.value.Sha256.hashOf(outline.getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, 12);
    }

    /** Id of the zone; empty for the whole picture. */
    public String zoneId() {
        return Optional.ofNullable(zone).map(Zone::id).orElse("");
    }
}
