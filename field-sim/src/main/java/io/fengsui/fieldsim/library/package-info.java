/**
 * Minutes of coded video as cameras send it, with what truly happens in it: recipes in, files of a byte stream and of truth out.
 *
 * <p>Drawn by {@code scene}, encoded once by the system's ffmpeg (libx264, libx265), kept in a folder. On the caller's thread. Must
 * not import cameras, sensors or the application.
 */
@NullMarked
package io.fengsui.fieldsim.library;

import org.jspecify.annotations.NullMarked;
