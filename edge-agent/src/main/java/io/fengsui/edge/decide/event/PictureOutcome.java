package io.fengsui.edge.decide.event;

import io.fengsui.protocol.EventId;
import io.fengsui.protocol.value.Sha256;
import java.util.UUID;

/** What became of a requested picture. */
public sealed interface PictureOutcome {
    EventId event();

    UUID evidence();

    /** The file is on disk under its hash. */
    record Taken(EventId event, UUID evidence, Sha256 sha256, long size) implements PictureOutcome {}

    /** It will never come. */
    record Lost(EventId event, UUID evidence, String reason) implements PictureOutcome {}
}
