/**
 * What truly happens in the simulated field, as it happens: happenings in, one JSON line for each begin and end out.
 *
 * <p>Any thread. Must not import cameras, scenes, sensors or the application.
 */
@NullMarked
package io.fengsui.fieldsim.truth;

import org.jspecify.annotations.NullMarked;
