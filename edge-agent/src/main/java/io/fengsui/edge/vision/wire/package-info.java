/**
 * Words between the agent and its vision workers, and their form in bytes: length-prefixed frames over a Unix domain
 * socket, both ends from the same jar.
 *
 * <p>Values in, bytes out, and back. Any thread. Imports bitstream and the protocol only.
 */
@NullMarked
package io.fengsui.edge.vision.wire;

import org.jspecify.annotations.NullMarked;
