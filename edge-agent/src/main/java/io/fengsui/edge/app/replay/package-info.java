/**
 * Recordings through changed rules, for people on the box and for the hub.
 *
 * <p>A configuration and recordings in, differences out. Thread {@code replay}. Must not import its parent.
 */
@NullMarked
package io.fengsui.edge.app.replay;

import org.jspecify.annotations.NullMarked;
