/**
 * What people and other systems tell the hub: reports and alerts of Alertmanager, which become events like any other.
 *
 * <p>In: requests. Out: tasks for the shard. Thread: Armeria's blocking executor. Imports {@code console.http}, not
 * {@code console}.
 */
@NullMarked
package io.fengsui.hub.console.report;

import org.jspecify.annotations.NullMarked;
