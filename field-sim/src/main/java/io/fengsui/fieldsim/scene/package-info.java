/**
 * Drawn scenes: a script of who walks and drives where in, encoded clips and the true boxes out.
 *
 * <p>Drawing and encoding happen once a script, on the caller's thread; the clip is then kept in a folder. Must not import cameras, sensors or
 * the application.
 */
@NullMarked
package io.fengsui.fieldsim.scene;

import org.jspecify.annotations.NullMarked;
