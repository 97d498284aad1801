/**
 * What operations see of the video stages: meters that read the stages' own counters.
 *
 * <p>In: stages. Out: meters in the registry. Thread: whoever scrapes. Imports no other part of {@code app}.
 */
@NullMarked
package io.fengsui.edge.app.meters;

import org.jspecify.annotations.NullMarked;
