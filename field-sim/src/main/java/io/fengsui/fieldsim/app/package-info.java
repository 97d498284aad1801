/**
 * The programs: a town of simulated cameras and sensors that plays a scenario, and the judge of what came of it.
 *
 * <p>A scenario file in, a running town and a record of truth out. Knows all other packages; none may import it.
 */
@NullMarked
package io.fengsui.fieldsim.app;

import org.jspecify.annotations.NullMarked;
