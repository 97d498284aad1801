package io.fengsui.edge.bitstream;

/** Which ids a picture parameter set has (ITU-T H.264, 7.3.2.2); the rest is the decoder's. */
public record Pps(int id, int spsId) {
    /** Parses a NAL unit of type 8. */
    public static Pps parse(NalUnit unit) throws MalformedBitstreamException {
        if (unit.type() != NalUnit.PPS) {
            throw new MalformedBitstreamException("NAL unit type " + unit.type() + " is no PPS");
        }
        BitReader in = new BitReader(unit);
        return new Pps(in.unsigned(255, "pic_parameter_set_id"), in.unsigned(31, "seq_parameter_set_id"));
    }
}
