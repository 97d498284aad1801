/**
 * Patrols for people: rounds with their contact sheets, marks on pictures, and figures of who answered.
 *
 * <p>In: requests. Out: rows as JSON, and marks to the desk for tasks. Blocking executor. Must not import its parent.
 */
@NullMarked
package io.fengsui.hub.console.patrol;

import org.jspecify.annotations.NullMarked;
