/**
 * What the agent remembers from run to run beside its spool; to lose it costs comfort, no event.
 *
 * <p>In: what was chosen or learned. Out: small files in the data directory. Any thread. Imports no other part of {@code app}.
 */
@NullMarked
package io.fengsui.edge.app.shelf;

import org.jspecify.annotations.NullMarked;
