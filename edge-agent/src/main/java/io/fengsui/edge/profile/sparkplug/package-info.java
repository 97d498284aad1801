/**
 * Eclipse Sparkplug B: payloads (protobuf or JSON), births, deaths, aliases and sequence numbers of edge nodes.
 *
 * <p>Topic parts and bytes in, named metrics and what must be asked of the node out. {@code SparkplugNodes} is confined to
 * the broker's thread. Imports nothing of the agent.
 */
@NullMarked
package io.fengsui.edge.profile.sparkplug;

import org.jspecify.annotations.NullMarked;
