/**
 * What a rule makes of readings before it looks at a limit: change a time, use of a counter over a window, silence, a value
 * that stays the same. Pure: readings and times in, a number and what must be remembered out. Bounded. Imports nothing of
 * the rules.
 */
@NullMarked
package io.fengsui.rules.series;

import org.jspecify.annotations.NullMarked;
