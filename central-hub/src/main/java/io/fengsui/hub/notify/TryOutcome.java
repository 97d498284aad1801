package io.fengsui.hub.notify;

/** What became of one try to deliver. */
public enum TryOutcome {
    DELIVERED,
    /** It may work later. */
    FAILED,
    /** The receiver wants nothing more of it (HTTP 410), or there is no such channel any more: no further try. */
    REFUSED
}
