/**
 * Tells whether a promise was kept: what was issued, what was acknowledged, what is stored.
 *
 * <p>Obligations and what was found in; a judgement out. Knows nothing of programs and faults, so that it can be tested alone.
 */
@NullMarked
package io.fengsui.benchmarks.chaos.oracle;

import org.jspecify.annotations.NullMarked;
