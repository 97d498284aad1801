/**
 * Record to protobuf message and back. The only package, beside {@code edge.uplink} and {@code hub.intake}, that touches
 * the generated classes. A message from a peer that breaks a rule is refused with {@link
 * io.fengsui.protocol.wire.MalformedMessageException}, never half read.
 */
@NullMarked
package io.fengsui.protocol.wire;

import org.jspecify.annotations.NullMarked;
