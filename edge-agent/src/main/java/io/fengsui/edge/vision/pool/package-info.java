/**
 * Supervises the vision workers: starts the child processes, feeds each over its socket, ends those that hang or grow,
 * and starts them again with patience.
 *
 * <p>Jobs from the desk in, their outcomes back to the desk. A thread {@code vision-io} for each worker. Starts {@code
 * vision.worker} as a process and never imports it; no native code here.
 */
@NullMarked
package io.fengsui.edge.vision.pool;

import org.jspecify.annotations.NullMarked;
