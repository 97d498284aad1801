/**
 * The child process: does detections and snapshots, and holds nothing that the next job cannot rebuild. JavaCPP (FFmpeg,
 * OpenCV) and DJL stay in here: {@code picture} decodes and paints, {@code detect} finds.
 *
 * <p>Jobs from the socket in, outcomes out. Main thread reads, {@code infer-n} work, {@code heartbeat} tells that the
 * process lives. Imports vision.wire and vision.model; nobody imports it: the agent starts it as a process.
 */
@NullMarked
package io.fengsui.edge.vision.worker;

import org.jspecify.annotations.NullMarked;
