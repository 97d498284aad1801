/** Runs that print figures; nothing here is asserted and nothing imports it. */
@NullMarked
package io.fengsui.benchmarks;

import org.jspecify.annotations.NullMarked;
