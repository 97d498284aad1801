/**
 * Who may do what: the token of the file, people with their sessions, and the one decision per request.
 *
 * <p>In: what a caller shows (address, token, session, origin). Out: a {@link io.fengsui.hub.access.Visit}. Any
 * thread. Knows neither HTTP libraries nor gRPC: {@code intake} and {@code console} translate; must not import
 * {@code store} or {@code console}.
 */
@NullMarked
package io.fengsui.hub.access;

import org.jspecify.annotations.NullMarked;
