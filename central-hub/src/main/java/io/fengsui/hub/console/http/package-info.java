/**
 * The grammar of the hub's HTTP: routes with their access policy, parameters with their limits, cursors, JSON and
 * problems (RFC 9457) in Chinese and English.
 *
 * <p>In: requests. Out: answers of one shape, good or bad. Thread: handlers run on Armeria's blocking executor, never on
 * an event loop. Knows nothing of tickets; imports {@code access} and the desk
 * for tasks.
 */
@NullMarked
package io.fengsui.hub.console.http;

import org.jspecify.annotations.NullMarked;
