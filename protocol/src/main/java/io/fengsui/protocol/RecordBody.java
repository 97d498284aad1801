package io.fengsui.protocol;

/** What one position of a lane holds. */
public sealed interface RecordBody permits Event, Tombstone, EvidenceLost {}
