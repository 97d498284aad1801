/**
 * Reads rules and zones as people write them: every problem is told with its place and what to write instead.
 *
 * <p>A settings tree in, {@code RuleDefinition}s and {@code Zone}s out. Confined to the thread that reads. Nothing else in
 * {@code rules} imports it.
 */
@NullMarked
package io.fengsui.rules.reader;

import org.jspecify.annotations.NullMarked;
