package io.fengsui.hub.console.http;

import java.time.Instant;

/** From one moment on until before another. */
public record Period(Instant from, Instant to) {}
