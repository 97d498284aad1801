/**
 * Keeps what rules were fed with and what they found, in bounded, checksummed segments, for trying a changed rule on what
 * truly happened.
 *
 * <p>Sightings, readings and findings in, files out; and back again for a replay. Thread {@code record}. Must not import
 * control or later.
 */
@NullMarked
package io.fengsui.edge.record;

import org.jspecify.annotations.NullMarked;
