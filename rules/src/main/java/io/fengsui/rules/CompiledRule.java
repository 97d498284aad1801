package io.fengsui.rules;

import io.fengsui.protocol.value.Moment;
import io.fengsui.rules.geometry.Zone;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A rule bound to its place, ready to evaluate. Immutable; evaluation is a pure function, any thread.
 *
 * @param camera empty for a rule of readings
 * @param zone null for the whole picture and for a rule of readings
 */
public record CompiledRule(
        RuleDefinition definition, String camera, @Nullable Zone zone) {

    /** A state that has seen nothing yet. */
    public RuleState fresh(Moment now) {
        return switch (definition.check()) {
            case RuleCheck.Dwell _ -> DwellEvaluation.fresh(now);
            case RuleCheck.Stopped _ -> StoppedEvaluation.fresh(now);
            case RuleCheck.Threshold _, RuleCheck.State _ -> LevelEvaluation.fresh(now);
        };
    }

    /**
     * What follows from one input.
     *
     * @param state of this rule and the input's subject; one of another sort counts as fresh
     * @param now for a picture its arrival, for a reading its own moment
     */
    public Outcome evaluate(RuleState state, RuleInput input, Moment now) {
        RuleState carried = state.carriedTo(now);
        return switch (definition.check()) {
            case RuleCheck.Dwell dwell ->
                new DwellEvaluation(this, dwell, now)
                        .evaluate(carried instanceof RuleState.ZoneState z ? z : DwellEvaluation.fresh(now), input);
            case RuleCheck.Stopped stopped ->
                new StoppedEvaluation(this, stopped, now)
                        .evaluate(carried instanceof RuleState.StillState s ? s : StoppedEvaluation.fresh(now), input);
            case RuleCheck.OfReadings readings ->
                new LevelEvaluation(this, readings, now)
                        .evaluate(carried instanceof RuleState.LevelState l ? l : LevelEvaluation.fresh(now), input);
        };
    }

    /** When it wants a tick, in steady nanoseconds of the state's boot; empty when only an input can change anything. */
    public OptionalLong nextDue(RuleState state) {
        long due = switch (definition.check()) {
            case RuleCheck.InPicture _ -> pictureDue(state);
            case RuleCheck.OfReadings readings -> LevelEvaluation.nextDue(this, readings, state);
        };
        return due == RuleState.NEVER ? OptionalLong.empty() : OptionalLong.of(due);
    }

    private long pictureDue(RuleState state) {
        return switch (state) {
            case RuleState.ZoneState z -> z.isOccupied() ? Watch.limit(this, z.last(), z.isOpen()) : RuleState.NEVER;
            case RuleState.StillState s ->
                s.isOpen() || !s.anchors().isEmpty() ? Watch.limit(this, s.last(), s.isOpen()) : RuleState.NEVER;
            case RuleState.LevelState _ -> RuleState.NEVER;
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
