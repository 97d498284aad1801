/**
 * Keeps every promise of a picture: takes the JPEG, stores it under its hash, tells {@code decide} that it is there, or
 * lost and why. No event waits for it.
 *
 * <p>Picture requests in, files and outcomes out. Thread {@code evidence}. Must not import uplink or later.
 */
@NullMarked
package io.fengsui.edge.evidence;

import org.jspecify.annotations.NullMarked;
