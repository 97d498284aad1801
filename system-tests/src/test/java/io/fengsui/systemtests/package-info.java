/**
 * The programs together, as processes: their packaged jars with their own configuration files, on free ports of the loopback
 * address and in folders of their own. Their peers are the simulated cameras and the broker of {@code field-sim}, in this
 * process. Observes what an operator can: REST, the change stream, metrics, {@code status}, logs, files.
 */
@NullMarked
package io.fengsui.systemtests;

import org.jspecify.annotations.NullMarked;
