package io.fengsui.edge.action;

/** What the action thread is given. */
sealed interface Work permits Due, Work.Confirmed, Work.Answered {
    /** A device said on this topic that it did what it was told. */
    record Confirmed(String topic) implements Work {}

    /**
     * A server answered.
     *
     * @param refusal empty when it took it
     */
    record Answered(Due due, String refusal) implements Work {}
}
