package io.fengsui.edge.uplink;

/** Where the conversation with the hub stands. */
public enum LinkState {
    /** No connection; another try is due. */
    WAITING,
    /** Hello is sent. */
    GREETING,
    /** Welcomed: records flow. */
    CONNECTED,
    /** The hub does not serve this edge for now. */
    REFUSED,
    /** Another spool has had this identity: nothing is sent until a person has looked. */
    FORKED
}
