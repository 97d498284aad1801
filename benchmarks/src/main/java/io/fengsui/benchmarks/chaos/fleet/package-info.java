/**
 * Many edges at one hub that do no more than keep their conversation: greet, beat, and come back as the agent does.
 *
 * <p>A process of its own ({@code chaos-fleet}); a line for each thing that happens out, read by {@code FleetLog}. Thread
 * {@code fleet}.
 */
@NullMarked
package io.fengsui.benchmarks.chaos.fleet;

import org.jspecify.annotations.NullMarked;
