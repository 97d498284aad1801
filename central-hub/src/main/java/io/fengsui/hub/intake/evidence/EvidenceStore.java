package io.fengsui.hub.intake.evidence;

/** Keeps evidence as files by hash. Writes block; calls come one at a time for one transfer. */
public interface EvidenceStore {
    /**
     * Begins or resumes; throws {@link EvidenceRefusedException} when it will never be taken. A transfer of the same file
     * that is still open is ended: its next write throws {@link IllegalStateException}.
     */
    Transfer begin(StoredEvidence offered);

    /** Bytes on their way to a file. */
    interface Transfer extends AutoCloseable {
        /** Bytes had so far: the next chunk starts here. */
        long offset();

        /** Whether the file is complete, verified and on disk. */
        boolean isComplete();

        /** Adds bytes at {@link #offset()}; when they are the last, verifies the hash and makes the file durable. */
        void write(byte[] data);

        /** Lets go of the file; what was received so far is kept for a later try. */
        @Override
        void close();
    }
}
