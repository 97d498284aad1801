/**
 * Whether the spool that greets is the one that the hub knows: the log's answer to a hello.
 *
 * <p>In: a hello and committed positions. Out: a {@link io.fengsui.hub.intake.greeting.Greeting}. Thread: any; pure. Must
 * not import sessions or the log.
 */
@NullMarked
package io.fengsui.hub.intake.greeting;

import org.jspecify.annotations.NullMarked;
