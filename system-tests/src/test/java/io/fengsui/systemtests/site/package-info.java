/** A hub and an agent with their files, ports and processes, and what tests see of them, say to them and show them. */
@NullMarked
package io.fengsui.systemtests.site;

import org.jspecify.annotations.NullMarked;
