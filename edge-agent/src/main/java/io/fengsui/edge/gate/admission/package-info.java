/**
 * Lets many cameras be looked at one after the other when all want it at once: a change of light over a whole site, the return
 * of the power.
 *
 * <p>Wishes of sleeping cameras in, what they may do out. Asked by all event loops; no locks. Must not import what is later
 * than the gate.
 */
@NullMarked
package io.fengsui.edge.gate.admission;

import org.jspecify.annotations.NullMarked;
