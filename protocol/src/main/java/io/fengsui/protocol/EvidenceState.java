package io.fengsui.protocol;

/** What became of a promised picture or clip. */
public enum EvidenceState {
    PENDING,
    READY,
    LOST
}
