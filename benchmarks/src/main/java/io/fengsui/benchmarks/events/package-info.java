/**
 * Durable events a second: through the hub on SQLite and PostgreSQL, and through Kafka and plain SQLite in the same run.
 */
@NullMarked
package io.fengsui.benchmarks.events;

import org.jspecify.annotations.NullMarked;
