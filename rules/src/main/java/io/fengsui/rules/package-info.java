/**
 * The rule language: parse, check, compile (CEL), evaluate with explicit state; zones and geometry. Pure: no clock, no
 * I/O, no threads. Shared by edge and hub. Imports {@code protocol} and {@code settings} only.
 */
@NullMarked
package io.fengsui.rules;

import org.jspecify.annotations.NullMarked;
