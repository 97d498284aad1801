/**
 * What those who run the hub see: metrics for Prometheus, liveness, readiness with reasons.
 *
 * <p>In: counts that the stages keep, committed rows. Out: {@code /metrics}, {@code /healthz}, {@code /readyz}. Thread:
 * scrapes on the blocking executor. Imports stages up to {@code console}; does not import config, app.
 */
@NullMarked
package io.fengsui.hub.ops;

import org.jspecify.annotations.NullMarked;
