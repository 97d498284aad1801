/**
 * YAML configuration: a tree of nodes that know their file, line and column; typed reading that collects every problem;
 * secrets by reference. Imported by whoever reads a file that a person wrote. Imports none of ours.
 */
@NullMarked
package io.fengsui.settings;

import org.jspecify.annotations.NullMarked;
