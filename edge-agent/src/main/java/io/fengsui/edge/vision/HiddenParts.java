package io.fengsui.edge.vision;

import io.fengsui.edge.vision.wire.Outline;
import java.util.List;
import java.util.Map;

/**
 * Parts of cameras' pictures that nobody is to see. Whoever gives a {@link SnapshotJob} to workers covers it here first. Thread-safe; what
 * is set holds for every picture that is asked for from then on.
 */
public final class HiddenParts {
    private volatile Map<String, List<Outline>> byCamera = Map.of();

    public void set(Map<String, List<Outline>> parts) {
        byCamera = Map.copyOf(parts);
    }

    public SnapshotJob cover(SnapshotJob job) {
        return new SnapshotJob(
                job.look(),
                byCamera.getOrDefault(job.look().camera(), List.of()),
                job.boxes(),
                job.zones(),
                job.maxWidth(),
                job.quality());
    }
}
