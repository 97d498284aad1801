/**
 * What operations see of the agent: metrics for Prometheus, liveness, readiness with reasons.
 *
 * <p>Reads the state of the stages; changes nothing. Thread {@code ops}. Imported by {@code app} only.
 */
@NullMarked
package io.fengsui.edge.ops;

import org.jspecify.annotations.NullMarked;
