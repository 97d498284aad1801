package io.fengsui.edge.rtp;

/** What can be wrong with a stream; each is counted. The label is the metric's tag. */
public enum StreamProblem {
    /** Not an RTP packet. */
    MALFORMED_PACKET("malformed_packet"),
    /** Not an RTCP packet. */
    MALFORMED_RTCP("malformed_rtcp"),
    /** Sequence numbers that never came. */
    LOST_PACKET("lost_packet"),
    /** Came twice, or after its place was given up. */
    LATE_PACKET("late_packet"),
    /** The sequence numbers or the sender's SSRC jumped; reception began anew. */
    SEQUENCE_RESET("sequence_reset"),
    /** From another sender than the one we listen to. */
    FOREIGN_SSRC("foreign_ssrc"),
    /** Of a payload type that the session description did not name. */
    FOREIGN_PAYLOAD_TYPE("foreign_payload_type"),
    /** STAP-B, MTAP or FU-B of H.264, PACI of H.265: modes that no camera uses. */
    UNSUPPORTED_PACKETIZATION("unsupported_packetization"),
    /** An aggregation packet whose sizes do not add up, or one inside another. */
    MALFORMED_AGGREGATE("malformed_aggregate"),
    /** A fragment whose first one never came, or whose last one never came. */
    BROKEN_FRAGMENT("broken_fragment"),
    /** NAL unit types that the codec does not define. */
    UNKNOWN_NAL_UNIT("unknown_nal_unit"),
    /** A parameter set that cannot be read or is over a cap. */
    BAD_PARAMETER_SET("bad_parameter_set"),
    /** A slice whose header cannot be read. */
    BAD_SLICE("bad_slice"),
    /** The timestamp changed inside an access unit. */
    TIMESTAMP_GLITCH("timestamp_glitch"),
    /** The timestamp of one access unit lay minutes off. */
    TIMESTAMP_JUMP("timestamp_jump"),
    /** The marker bit was set before the end of an access unit; it is not believed from then on. */
    FALSE_MARKER("false_marker"),
    /** Access units thrown away because a part is missing. */
    BROKEN_ACCESS_UNIT("broken_access_unit"),
    /** Access units thrown away for their size. */
    OVERSIZED_ACCESS_UNIT("oversized_access_unit"),
    /** Access units that nothing can be decoded from: before the first keyframe, or without parameter sets. */
    UNDECODABLE_ACCESS_UNIT("undecodable_access_unit");

    private final String label;

    StreamProblem(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
