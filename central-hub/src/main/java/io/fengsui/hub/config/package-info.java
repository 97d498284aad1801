/**
 * The hub's configuration: YAML files into settings records, every problem at once, and the last configuration that was
 * good.
 *
 * <p>In: {@code central-hub.yaml}, the ticket policy, the workflows. Out: {@link io.fengsui.hub.config.HubSettings}.
 * Thread: whoever starts the program. Imports the stages; does not import app.
 */
@NullMarked
package io.fengsui.hub.config;

import org.jspecify.annotations.NullMarked;
