package io.fengsui.hub.ticket.audit;

/** What is wrong with a ticket's chain of facts. */
public enum ChainReason {
    /** A fact is missing, or there twice. */
    GAP,
    /** A fact does not say what it said when it was written. */
    FACT_CHANGED,
    /** A fact does not follow on the one before it. */
    CHAIN_BROKEN,
    /** The ticket's own row stands for another last fact. */
    HEAD_DIFFERS
}
