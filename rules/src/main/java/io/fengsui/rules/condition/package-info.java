/**
 * Conditions written by people, in CEL (Common Expression Language). Typed and checked when a rule is loaded; bounded in
 * size and work; no access to anything but the variables given. The only user of {@code dev.cel}. Thread-safe.
 */
@NullMarked
package io.fengsui.rules.condition;

import org.jspecify.annotations.NullMarked;
