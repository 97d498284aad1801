/**
 * Shapes of meters that several stages have.
 *
 * <p>Counts in, meters of the registry out. Any thread. Must not import any stage.
 */
@NullMarked
package io.fengsui.edge.meter;

import org.jspecify.annotations.NullMarked;
