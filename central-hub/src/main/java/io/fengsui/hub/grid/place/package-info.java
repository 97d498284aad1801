/**
 * The tree of places: city, town or street, village or community, grid; with polygons or by codes.
 *
 * <p>In: GeoJSON and CSV files. Out: {@link io.fengsui.hub.grid.place.AreaBook}. Pure values, any thread. Imports {@code
 * settings} and {@code protocol} only.
 */
@NullMarked
package io.fengsui.hub.grid.place;

import org.jspecify.annotations.NullMarked;
