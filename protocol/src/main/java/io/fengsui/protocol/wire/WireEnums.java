package io.fengsui.protocol.wire;

import io.fengsui.protocol.EvidenceState;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.SourceType;
import io.fengsui.protocol.Tombstone;
import io.fengsui.protocol.link.Order;
import io.fengsui.protocol.link.Refusal;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Quality;
import io.fengsui.protocol.wire.v1.OrderOutcome;
import io.fengsui.protocol.wire.v1.RefusalReason;
import io.fengsui.protocol.wire.v1.TombstoneReason;

/**
 * Enums both ways. A value that this version does not know is refused where acting on a guess could do harm (lane, phase,
 * severity, source), and read as the most careful value elsewhere: a clock as unknown, a reading as uncertain, evidence
 * as pending, a tombstone as evicted, a refusal as overloaded (try again later), an order's outcome as failed.
 */
final class WireEnums {
    private WireEnums() {}

    static io.fengsui.protocol.wire.v1.Lane toMessage(Lane lane) {
        return switch (lane) {
            case URGENT -> io.fengsui.protocol.wire.v1.Lane.LANE_URGENT;
            case BULK -> io.fengsui.protocol.wire.v1.Lane.LANE_BULK;
        };
    }

    static Lane lane(io.fengsui.protocol.wire.v1.Lane lane) throws MalformedMessageException {
        return switch (lane) {
            case LANE_URGENT -> Lane.URGENT;
            case LANE_BULK -> Lane.BULK;
            case LANE_UNSPECIFIED, UNRECOGNIZED -> throw unknown("lane");
        };
    }

    static io.fengsui.protocol.wire.v1.Phase toMessage(Phase phase) {
        return switch (phase) {
            case BEGUN -> io.fengsui.protocol.wire.v1.Phase.PHASE_BEGUN;
            case UPDATED -> io.fengsui.protocol.wire.v1.Phase.PHASE_UPDATED;
            case ENDED -> io.fengsui.protocol.wire.v1.Phase.PHASE_ENDED;
            case INSTANT -> io.fengsui.protocol.wire.v1.Phase.PHASE_INSTANT;
        };
    }

    static Phase phase(io.fengsui.protocol.wire.v1.Phase phase) throws MalformedMessageException {
        return switch (phase) {
            case PHASE_BEGUN -> Phase.BEGUN;
            case PHASE_UPDATED -> Phase.UPDATED;
            case PHASE_ENDED -> Phase.ENDED;
            case PHASE_INSTANT -> Phase.INSTANT;
            case PHASE_UNSPECIFIED, UNRECOGNIZED -> throw unknown("phase");
        };
    }

    static io.fengsui.protocol.wire.v1.Severity toMessage(Severity severity) {
        return switch (severity) {
            case INFO -> io.fengsui.protocol.wire.v1.Severity.SEVERITY_INFO;
            case WARNING -> io.fengsui.protocol.wire.v1.Severity.SEVERITY_WARNING;
            case MINOR -> io.fengsui.protocol.wire.v1.Severity.SEVERITY_MINOR;
            case MAJOR -> io.fengsui.protocol.wire.v1.Severity.SEVERITY_MAJOR;
            case CRITICAL -> io.fengsui.protocol.wire.v1.Severity.SEVERITY_CRITICAL;
        };
    }

    static Severity severity(io.fengsui.protocol.wire.v1.Severity severity) throws MalformedMessageException {
        return switch (severity) {
            case SEVERITY_INFO -> Severity.INFO;
            case SEVERITY_WARNING -> Severity.WARNING;
            case SEVERITY_MINOR -> Severity.MINOR;
            case SEVERITY_MAJOR -> Severity.MAJOR;
            case SEVERITY_CRITICAL -> Severity.CRITICAL;
            case SEVERITY_UNSPECIFIED, UNRECOGNIZED -> throw unknown("severity");
        };
    }

    static io.fengsui.protocol.wire.v1.SourceType toMessage(SourceType type) {
        return switch (type) {
            case CAMERA -> io.fengsui.protocol.wire.v1.SourceType.SOURCE_TYPE_CAMERA;
            case SENSOR -> io.fengsui.protocol.wire.v1.SourceType.SOURCE_TYPE_SENSOR;
            case EDGE -> io.fengsui.protocol.wire.v1.SourceType.SOURCE_TYPE_EDGE;
            case HUB -> io.fengsui.protocol.wire.v1.SourceType.SOURCE_TYPE_HUB;
            case PERSON -> io.fengsui.protocol.wire.v1.SourceType.SOURCE_TYPE_PERSON;
        };
    }

    static SourceType sourceType(io.fengsui.protocol.wire.v1.SourceType type) throws MalformedMessageException {
        return switch (type) {
            case SOURCE_TYPE_CAMERA -> SourceType.CAMERA;
            case SOURCE_TYPE_SENSOR -> SourceType.SENSOR;
            case SOURCE_TYPE_EDGE -> SourceType.EDGE;
            case SOURCE_TYPE_HUB -> SourceType.HUB;
            case SOURCE_TYPE_PERSON -> SourceType.PERSON;
            case SOURCE_TYPE_UNSPECIFIED, UNRECOGNIZED -> throw unknown("type");
        };
    }

    static io.fengsui.protocol.wire.v1.ClockQuality toMessage(ClockQuality quality) {
        return switch (quality) {
            case SYNCED -> io.fengsui.protocol.wire.v1.ClockQuality.CLOCK_QUALITY_SYNCED;
            case FREE -> io.fengsui.protocol.wire.v1.ClockQuality.CLOCK_QUALITY_FREE;
            case UNKNOWN -> io.fengsui.protocol.wire.v1.ClockQuality.CLOCK_QUALITY_UNKNOWN;
        };
    }

    static ClockQuality clockQuality(io.fengsui.protocol.wire.v1.ClockQuality quality) {
        return switch (quality) {
            case CLOCK_QUALITY_SYNCED -> ClockQuality.SYNCED;
            case CLOCK_QUALITY_FREE -> ClockQuality.FREE;
            case CLOCK_QUALITY_UNKNOWN, CLOCK_QUALITY_UNSPECIFIED, UNRECOGNIZED -> ClockQuality.UNKNOWN;
        };
    }

    static io.fengsui.protocol.wire.v1.Quality toMessage(Quality quality) {
        return switch (quality) {
            case GOOD -> io.fengsui.protocol.wire.v1.Quality.QUALITY_GOOD;
            case UNCERTAIN -> io.fengsui.protocol.wire.v1.Quality.QUALITY_UNCERTAIN;
            case BAD -> io.fengsui.protocol.wire.v1.Quality.QUALITY_BAD;
        };
    }

    static Quality quality(io.fengsui.protocol.wire.v1.Quality quality) {
        return switch (quality) {
            case QUALITY_GOOD -> Quality.GOOD;
            case QUALITY_BAD -> Quality.BAD;
            case QUALITY_UNCERTAIN, QUALITY_UNSPECIFIED, UNRECOGNIZED -> Quality.UNCERTAIN;
        };
    }

    static io.fengsui.protocol.wire.v1.EvidenceState toMessage(EvidenceState state) {
        return switch (state) {
            case PENDING -> io.fengsui.protocol.wire.v1.EvidenceState.EVIDENCE_STATE_PENDING;
            case READY -> io.fengsui.protocol.wire.v1.EvidenceState.EVIDENCE_STATE_READY;
            case LOST -> io.fengsui.protocol.wire.v1.EvidenceState.EVIDENCE_STATE_LOST;
        };
    }

    static EvidenceState evidenceState(io.fengsui.protocol.wire.v1.EvidenceState state) {
        return switch (state) {
            case EVIDENCE_STATE_READY -> EvidenceState.READY;
            case EVIDENCE_STATE_LOST -> EvidenceState.LOST;
            case EVIDENCE_STATE_PENDING, EVIDENCE_STATE_UNSPECIFIED, UNRECOGNIZED -> EvidenceState.PENDING;
        };
    }

    static TombstoneReason toMessage(Tombstone.Why why) {
        return switch (why) {
            case MERGED -> TombstoneReason.TOMBSTONE_REASON_MERGED;
            case EVICTED -> TombstoneReason.TOMBSTONE_REASON_EVICTED;
            case EXPIRED -> TombstoneReason.TOMBSTONE_REASON_EXPIRED;
            case DAMAGED -> TombstoneReason.TOMBSTONE_REASON_DAMAGED;
        };
    }

    static Tombstone.Why why(TombstoneReason reason) {
        return switch (reason) {
            case TOMBSTONE_REASON_MERGED -> Tombstone.Why.MERGED;
            case TOMBSTONE_REASON_EXPIRED -> Tombstone.Why.EXPIRED;
            case TOMBSTONE_REASON_DAMAGED -> Tombstone.Why.DAMAGED;
            case TOMBSTONE_REASON_EVICTED, TOMBSTONE_REASON_UNSPECIFIED, UNRECOGNIZED -> Tombstone.Why.EVICTED;
        };
    }

    static RefusalReason toMessage(Refusal.Cause cause) {
        return switch (cause) {
            case UNKNOWN_EDGE -> RefusalReason.REFUSAL_REASON_UNKNOWN_EDGE;
            case VERSION -> RefusalReason.REFUSAL_REASON_VERSION;
            case FORK -> RefusalReason.REFUSAL_REASON_FORK;
            case DUPLICATE_SESSION -> RefusalReason.REFUSAL_REASON_DUPLICATE_SESSION;
            case OVERLOADED -> RefusalReason.REFUSAL_REASON_OVERLOADED;
            case ELSEWHERE -> RefusalReason.REFUSAL_REASON_ELSEWHERE;
            case MALFORMED -> RefusalReason.REFUSAL_REASON_MALFORMED;
        };
    }

    static Refusal.Cause cause(RefusalReason reason) {
        return switch (reason) {
            case REFUSAL_REASON_UNKNOWN_EDGE -> Refusal.Cause.UNKNOWN_EDGE;
            case REFUSAL_REASON_VERSION -> Refusal.Cause.VERSION;
            case REFUSAL_REASON_FORK -> Refusal.Cause.FORK;
            case REFUSAL_REASON_DUPLICATE_SESSION -> Refusal.Cause.DUPLICATE_SESSION;
            case REFUSAL_REASON_ELSEWHERE -> Refusal.Cause.ELSEWHERE;
            case REFUSAL_REASON_MALFORMED -> Refusal.Cause.MALFORMED;
            case REFUSAL_REASON_OVERLOADED, REFUSAL_REASON_UNSPECIFIED, UNRECOGNIZED -> Refusal.Cause.OVERLOADED;
        };
    }

    static OrderOutcome toMessage(Order.Outcome outcome) {
        return switch (outcome) {
            case ACCEPTED -> OrderOutcome.ORDER_OUTCOME_ACCEPTED;
            case DONE -> OrderOutcome.ORDER_OUTCOME_DONE;
            case EXPIRED -> OrderOutcome.ORDER_OUTCOME_EXPIRED;
            case REFUSED -> OrderOutcome.ORDER_OUTCOME_REFUSED;
            case FAILED -> OrderOutcome.ORDER_OUTCOME_FAILED;
        };
    }

    static Order.Outcome outcome(OrderOutcome outcome) {
        return switch (outcome) {
            case ORDER_OUTCOME_ACCEPTED -> Order.Outcome.ACCEPTED;
            case ORDER_OUTCOME_DONE -> Order.Outcome.DONE;
            case ORDER_OUTCOME_EXPIRED -> Order.Outcome.EXPIRED;
            case ORDER_OUTCOME_REFUSED -> Order.Outcome.REFUSED;
            case ORDER_OUTCOME_FAILED, ORDER_OUTCOME_UNSPECIFIED, UNRECOGNIZED -> Order.Outcome.FAILED;
        };
    }

    private static MalformedMessageException unknown(String field) {
        return new MalformedMessageException(field + ": a value that this version does not know");
    }
}
