package io.fengsui.edge.evidence;

import io.fengsui.edge.decide.outlet.PictureRequest;
import io.fengsui.edge.decide.outlet.PictureRequestSink;
import io.fengsui.edge.vision.SnapshotJob;
import org.jspecify.annotations.Nullable;

/** Hands requests to a stage that is made after those who ask; nothing flows before it is there. Thread-safe. */
public final class LateEvidence implements PictureRequestSink {
    private volatile @Nullable EvidenceStage stage;

    public void set(EvidenceStage made) {
        stage = made;
    }

    @Override
    public void request(PictureRequest request) {
        EvidenceStage made = stage;
        if (made != null) {
            made.request(request);
        }
    }

    @Override
    public void look(String camera) {
        EvidenceStage made = stage;
        if (made != null) {
            made.look(camera);
        }
    }

    @Override
    public void keep(String name, SnapshotJob job) {
        EvidenceStage made = stage;
        if (made != null) {
            made.keep(name, job);
        }
    }
}
