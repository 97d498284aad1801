/**
 * The values of the rule language: what a rule is, what it is fed with, what it remembers and what it finds; how it is
 * bound to cameras and sensors. Pure: no clock, no I/O, no threads. Shared by edge and hub. Imports {@code protocol} only.
 */
@NullMarked
package io.fengsui.rules;

import org.jspecify.annotations.NullMarked;
