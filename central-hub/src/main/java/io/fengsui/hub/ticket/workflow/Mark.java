package io.fengsui.hub.ticket.workflow;

/** What a move counts as in the figures that units are judged by. */
public enum Mark {
    NONE,
    /** 回退: it was given to the wrong unit, or without what is needed. */
    SEND_BACK,
    /** 返工: what was done was not good enough. */
    REWORK
}
