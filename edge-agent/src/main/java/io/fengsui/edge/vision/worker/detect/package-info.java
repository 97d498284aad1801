/**
 * Finds objects in a picture: letterbox, tensor, model, and the readers of what each kind of model puts out. DJL only
 * here.
 *
 * <p>Decoded pictures in, detections out. Threads {@code infer-n}; a loaded model is shared, a detector is not. Imports
 * worker.picture; must not import its parent.
 */
@NullMarked
package io.fengsui.edge.vision.worker.detect;

import org.jspecify.annotations.NullMarked;
