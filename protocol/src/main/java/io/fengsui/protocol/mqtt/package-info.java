/**
 * What both programs read of MQTT themselves, before its library does: bytes in, the kind and size of a packet out.
 *
 * <p>Imports none of ours; no I/O, no threads.
 */
@NullMarked
package io.fengsui.protocol.mqtt;

import org.jspecify.annotations.NullMarked;
