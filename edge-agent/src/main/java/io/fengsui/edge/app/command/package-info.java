/**
 * The command line {@code edge-agent}: one class for each command.
 *
 * <p>Words in, a running agent or an answer and an exit status out. Main thread. Imported by nobody.
 */
@NullMarked
package io.fengsui.edge.app.command;

import org.jspecify.annotations.NullMarked;
