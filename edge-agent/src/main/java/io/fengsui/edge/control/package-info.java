/**
 * The local command socket: an installer's questions and orders to the running agent.
 *
 * <p>A Unix domain socket in the data directory, one line of JSON each way; who may open the directory may command.
 * Thread {@code control-n}. Knows no stage: {@code app} answers.
 */
@NullMarked
package io.fengsui.edge.control;

import org.jspecify.annotations.NullMarked;
