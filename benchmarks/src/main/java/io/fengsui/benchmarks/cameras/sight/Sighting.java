package io.fengsui.benchmarks.cameras.sight;

/**
 * A contender says that somebody is there.
 *
 * @param from seconds since 1970 from which on it says so
 * @param to until when
 * @param known when that was on disk, or told
 */
public record Sighting(String camera, double from, double to, double known) {}
