/**
 * How connections are accepted, and when they are closed for what comes over them.
 *
 * <p>In: Netty's channels. Out: none. Event loops; never blocks. Must not import anything of the hub.
 */
@NullMarked
package io.fengsui.hub.console.http.socket;

import org.jspecify.annotations.NullMarked;
