/**
 * The one thread that feeds tracks, readings and ticks to the compiled rules and tells what they find.
 *
 * <p>Looked pictures, sensor messages, camera states, ticks in; slots (inputs, events, state changes) out. Thread {@code
 * decide}. {@code event} makes the events, {@code health} those about the site
 * itself, {@code outlet} is where they go. Must not import ring or later.
 */
@NullMarked
package io.fengsui.edge.decide;

import org.jspecify.annotations.NullMarked;
