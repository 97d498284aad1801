/**
 * Encoded pictures to be played: an Annex-B byte stream in, access units in decode order out.
 *
 * <p>Immutable values, any thread. Must not import Netty, bytedeco or any other package of the simulator.
 */
@NullMarked
package io.fengsui.fieldsim.clip;

import org.jspecify.annotations.NullMarked;
