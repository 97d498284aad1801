/**
 * Sensor profiles: how the messages of one sort of device become readings. Profiles are data (YAML); those that ship lie in
 * the jar under {@code profiles/}.
 *
 * <p>YAML in, profiles out; immutable. Must not import sensor or later.
 */
@NullMarked
package io.fengsui.edge.profile;

import org.jspecify.annotations.NullMarked;
