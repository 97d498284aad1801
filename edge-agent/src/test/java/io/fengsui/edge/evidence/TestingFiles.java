package io.fengsui.edge.evidence;

import io.fengsui.protocol.value.Sha256;
import java.io.IOException;

/** Stores pictures for tests elsewhere. */
public final class TestingFiles {
    private TestingFiles() {}

    public static Sha256 store(EvidenceFiles files, byte[] picture) throws IOException {
        return files.store(picture);
    }
}
