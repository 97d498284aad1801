package io.fengsui.edge.decide;

import io.fengsui.edge.vision.SnapshotJob;
import io.fengsui.protocol.EventId;
import java.util.UUID;

/** Asks for the picture that an event was decided on. */
public record PictureRequest(EventId event, UUID evidence, SnapshotJob job) {}
