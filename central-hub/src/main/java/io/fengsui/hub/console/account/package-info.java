/**
 * Signing in and out, the first admin, accounts and the audit over REST and by forms.
 *
 * <p>In: requests. Out: sessions, tasks for the shard. Thread: Armeria's blocking executor. Imports {@code console.http},
 * {@code console.name} and {@code access}, not {@code console}.
 */
@NullMarked
package io.fengsui.hub.console.account;

import org.jspecify.annotations.NullMarked;
