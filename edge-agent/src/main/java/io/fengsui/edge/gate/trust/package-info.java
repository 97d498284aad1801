/**
 * How far tier 0 is believed, camera by camera and light by light. Pure.
 *
 * <p>What both tiers said in, belief with its reason out. Any thread.
 */
@NullMarked
package io.fengsui.edge.gate.trust;

import org.jspecify.annotations.NullMarked;
