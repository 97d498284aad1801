/**
 * Supervises the vision workers: child processes that decode, detect and take snapshots. A worker holds no state that
 * the next job cannot rebuild.
 *
 * <p>Looks in, looked pictures out. Thread {@code vision-io}. No native code here: that is {@code vision.worker}.
 */
@NullMarked
package io.fengsui.edge.vision;

import org.jspecify.annotations.NullMarked;
