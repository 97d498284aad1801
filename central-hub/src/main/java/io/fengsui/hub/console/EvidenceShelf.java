package io.fengsui.hub.console;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the bytes of ready evidence lie. */
public interface EvidenceShelf {
    /** The file whose content has this hash (lower-case hex); null when it is not there. */
    @Nullable
    Path find(String sha256);
}
