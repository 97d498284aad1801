package io.fengsui.edge.gate.trust;

import io.fengsui.edge.gate.luma.LightRegime;

/**
 * What a camera has earned by one light, for the time after its stream ended: where the same parameter sets come back, a few
 * samples confirm it. A sum of their bytes, since only sameness counts.
 *
 * @param parameterSets CRC-32 of the stream's parameter sets
 * @param needed samples that had been needed
 */
public record EarnedTrust(LightRegime light, long parameterSets, int needed) {
    public EarnedTrust {
        if (parameterSets < 0 || parameterSets > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("a CRC-32 has 32 bits, not " + parameterSets);
        }
        if (needed < Trust.FIRST_NEEDED || needed > Trust.MOST_NEEDED) {
            throw new IllegalArgumentException(
                    "samples needed are " + Trust.FIRST_NEEDED + " to " + Trust.MOST_NEEDED + ", not " + needed);
        }
    }
}
