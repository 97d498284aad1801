/**
 * The agent put together, and its command line. The only package that knows both ends of every seam.
 *
 * <p>A configuration in, a running agent out. Starts what is downstream first and stops it last. Imported by nobody.
 */
@NullMarked
package io.fengsui.edge.app;

import org.jspecify.annotations.NullMarked;
