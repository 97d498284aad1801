package io.fengsui.benchmarks.chaos.oracle;

/** One thing that is stored. */
public record Found(String id, String hash) {}
