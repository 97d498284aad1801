/**
 * The agent's configuration: one YAML file into the settings records of the stages, the last good one kept, and what a
 * reload changes.
 *
 * <p>Files in, {@code AgentSettings}, problems and reload plans out. Any thread; reads files, starts nothing. Must not be
 * imported by any stage but {@code app}.
 */
@NullMarked
package io.fengsui.edge.config;

import org.jspecify.annotations.NullMarked;
