/**
 * How people found the pictures of patrols.
 *
 * <p>In: marks by people, of the shard. Out: rows, one a round and camera, the newest mark. Writer's thread. Must not
 * import what comes after evidence in the flow.
 */
@NullMarked
package io.fengsui.hub.evidence.mark;

import org.jspecify.annotations.NullMarked;
