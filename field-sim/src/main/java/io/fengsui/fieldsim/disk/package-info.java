/**
 * A small file system of its own that can be full, or take nothing, while the disk below stays well.
 *
 * <p>A folder in, a mounted folder out; each call runs commands of the system and waits for them. Needs the right to mount. Imports no
 * other package of this module.
 */
@NullMarked
package io.fengsui.fieldsim.disk;

import org.jspecify.annotations.NullMarked;
