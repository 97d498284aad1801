/**
 * Judges a run: the record of truth and the hub's tickets in, a verdict out. Talks to the hub and the edge by HTTP alone.
 *
 * <p>The verdict is pure; fetching is done on the caller's thread. Must not import cameras, scenes, sensors or the application.
 */
@NullMarked
package io.fengsui.fieldsim.judge;

import org.jspecify.annotations.NullMarked;
