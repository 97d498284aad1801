/**
 * Drawn pictures in, H.264 or bare planes of luma and chroma out.
 *
 * <p>On the caller's thread. The only package of the simulator that may import bytedeco. Must not import scenes or anything else of the simulator.
 */
@NullMarked
package io.fengsui.fieldsim.scene.coding;

import org.jspecify.annotations.NullMarked;
