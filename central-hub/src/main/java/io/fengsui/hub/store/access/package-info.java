/**
 * Rows of accounts, sessions and the audit.
 *
 * <p>In: values of {@code access}. Out: rows, and what is asked of them. Thread: {@code AccessRows} the writer's only,
 * {@code AccessQueries} any. Imports {@code access} and {@code store}.
 */
@NullMarked
package io.fengsui.hub.store.access;

import org.jspecify.annotations.NullMarked;
