/**
 * Who people are to the hub: accounts, their passwords, what places and unit they see.
 *
 * <p>In: accounts as stored. Out: {@link io.fengsui.hub.access.user.User}s and what each of them reaches. Any thread.
 * Imports {@code grid} and the roles of {@code ticket.workflow}; must not import {@code access}.
 */
@NullMarked
package io.fengsui.hub.access.user;

import org.jspecify.annotations.NullMarked;
