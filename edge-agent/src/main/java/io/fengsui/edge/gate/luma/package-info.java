/**
 * Compares a small grey picture with what the camera usually sees. Pure arithmetic on bytes.
 *
 * <p>Small pictures in, what changed out. Confined to whoever holds the background. Imports none of ours.
 */
@NullMarked
package io.fengsui.edge.gate.luma;

import org.jspecify.annotations.NullMarked;
