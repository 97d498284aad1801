/**
 * What changing requests were answered, kept for whoever sends one again.
 *
 * <p>In: answers of the console. Out: rows and journal entries. Values only; must not import anything of the console.
 */
@NullMarked
package io.fengsui.hub.access.answer;

import org.jspecify.annotations.NullMarked;
