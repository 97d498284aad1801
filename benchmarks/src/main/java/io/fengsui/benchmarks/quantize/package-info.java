/**
 * For {@code scripts/quantize}: pictures -> the range of each activation of a network. One thread, no limit of time.
 */
@NullMarked
package io.fengsui.benchmarks.quantize;

import org.jspecify.annotations.NullMarked;
