package io.fengsui.hub.intake.evidence;

/** Takes rows of evidence; who calls is told on the log's own thread and must be quick. Thread-safe. */
public interface EvidenceLog {
    /**
     * Evidence is on disk; either its row is committed, or that is given up and the edge is to offer it again. False when
     * the log has no room: nothing was taken and no reply will come.
     */
    boolean stored(StoredEvidence evidence, Runnable committed, Runnable lost);
}
