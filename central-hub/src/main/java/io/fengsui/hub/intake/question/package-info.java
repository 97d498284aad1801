/**
 * Questions that the hub asks edges on behalf of events: was anybody seen by a camera of another box.
 *
 * <p>Committed events and answers in, questions and one more event out. Any thread. Must not import its parent.
 */
@NullMarked
package io.fengsui.hub.intake.question;

import org.jspecify.annotations.NullMarked;
