/**
 * Points, polygons and zones in 0..1 of the full picture. Pure values; any thread. Imports {@code protocol} only.
 */
@NullMarked
package io.fengsui.rules.geometry;

import org.jspecify.annotations.NullMarked;
