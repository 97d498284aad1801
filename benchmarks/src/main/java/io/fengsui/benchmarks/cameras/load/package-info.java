/** The load of a camera benchmark: the process that plays cameras, what happened in its scenes, and the accounts of processes. */
@NullMarked
package io.fengsui.benchmarks.cameras.load;

import org.jspecify.annotations.NullMarked;
