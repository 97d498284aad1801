/**
 * Hundreds of simulated cameras with little CPU: streams of the library in, RTP packets at their times and the truth out.
 *
 * <p>All on one event loop. A stream is cut into packets once; cameras share them and differ in header, place in the stream and
 * phase. Must not import scene, sensor, judge or the application.
 */
@NullMarked
package io.fengsui.fieldsim.load;

import org.jspecify.annotations.NullMarked;
