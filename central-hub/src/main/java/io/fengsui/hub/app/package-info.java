/**
 * The hub as a program: commands, wiring, start and stop. The only package that knows both ends of every seam; nobody
 * imports it.
 */
@NullMarked
package io.fengsui.hub.app;

import org.jspecify.annotations.NullMarked;
