package io.fengsui.edge.gate.trust;

import io.fengsui.edge.gate.luma.LightRegime;

/**
 * What both tiers said of the time since the sample before.
 *
 * @param isThere whether the second tier, or the detector, found something
 * @param wasNoticed whether sizes showed activity in that time
 * @param leastArea part of the picture that has to change for sizes to show it
 * @param hasShifted whether what is usual has just become another
 */
public record TrustSample(
        LightRegime light, boolean isThere, boolean wasNoticed, double leastArea, boolean hasShifted) {}
