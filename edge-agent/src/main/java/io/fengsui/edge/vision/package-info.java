/**
 * The words between the vision workers and the rest of the agent: settings, states and sinks; and the desk where looks
 * and snapshots queue as jobs until a worker takes them.
 *
 * <p>Looks in, looked pictures out. Threads {@code vision-io} take jobs and bring outcomes. {@code pool} has the
 * processes; must not be imported here. No native code: that is {@code vision.worker}.
 */
@NullMarked
package io.fengsui.edge.vision;

import org.jspecify.annotations.NullMarked;
