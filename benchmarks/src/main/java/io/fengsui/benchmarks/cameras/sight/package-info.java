/** What a detector sees in a stream: for the peers, and as reference when every picture is decoded. */
@NullMarked
package io.fengsui.benchmarks.cameras.sight;

import org.jspecify.annotations.NullMarked;
