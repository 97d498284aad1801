/**
 * How honest the gate is: streams with ground truth are put through the gate picture by picture, in virtual time, with the
 * real vision worker behind it.
 *
 * <p>Streams in, a table and JSON Lines out. The main thread only.
 */
@NullMarked
package io.fengsui.benchmarks.gate;

import org.jspecify.annotations.NullMarked;
