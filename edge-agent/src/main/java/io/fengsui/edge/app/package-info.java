/**
 * The agent put together. With {@code command}, its command line, the only package that knows both ends of every seam.
 *
 * <p>A configuration in, a running agent out. Starts what is downstream first and stops it last. Imported only by {@code
 * command}.
 */
@NullMarked
package io.fengsui.edge.app;

import org.jspecify.annotations.NullMarked;
