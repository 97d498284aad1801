/**
 * Model packages: a folder with a manifest, a network, labels and golden pictures. A detector is known by its manifest
 * only; nothing about one model is in code.
 *
 * <p>Folder in, checked values out. Any thread. Imports the protocol and settings only; no native code.
 */
@NullMarked
package io.fengsui.edge.vision.model;

import org.jspecify.annotations.NullMarked;
