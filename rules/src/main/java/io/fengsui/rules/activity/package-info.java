/**
 * Was anybody seen? What each camera truly watched, hour by hour, and when each zone saw which class of object last.
 *
 * <p>Tracked objects and the state of cameras in, answers out. Confined to its user's thread; no clock, no I/O.
 */
@NullMarked
package io.fengsui.rules.activity;

import org.jspecify.annotations.NullMarked;
