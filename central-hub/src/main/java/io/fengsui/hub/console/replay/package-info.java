/**
 * Changed rules tried on the recordings of an edge before anybody pushes them.
 *
 * <p>Requests in, questions to an edge and what it answered out. Blocking executor. Must not import its parent.
 */
@NullMarked
package io.fengsui.hub.console.replay;

import org.jspecify.annotations.NullMarked;
