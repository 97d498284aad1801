/**
 * A TCP proxy that does to a connection what networks and hosts do to it: delays, starves, cuts, freezes, forgets, repeats and
 * spoils.
 *
 * <p>Connections in, the same connections with faults out. One event loop does everything; what is called from outside is
 * handed to it. Knows nothing of what it carries, and imports no other package of this module.
 */
@NullMarked
package io.fengsui.fieldsim.proxy;

import org.jspecify.annotations.NullMarked;
