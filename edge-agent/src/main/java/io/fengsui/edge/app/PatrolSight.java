package io.fengsui.edge.app;

import io.fengsui.edge.config.AgentSettings;
import io.fengsui.edge.gate.Look;
import io.fengsui.edge.patrol.PatrolEyes;
import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.edge.vision.LookedPictureSink;
import io.fengsui.edge.vision.SnapshotJob;
import io.fengsui.edge.vision.VisionObserver;
import io.fengsui.edge.vision.VisionSettings;
import io.fengsui.edge.vision.VisionStateSink;
import io.fengsui.edge.vision.model.BadModelException;
import io.fengsui.edge.vision.model.ModelPackage;
import io.fengsui.edge.vision.pool.VisionPool;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for patrols: with the detector that serves, or with one that is started for the round and stopped after it, so that
 * no camera is blind meanwhile. Thread-safe.
 */
final class PatrolSight implements PatrolEyes {
    private static final Logger LOG = LoggerFactory.getLogger(PatrolSight.class);

    private final VideoLine video;
    private final AgentSettings settings;
    private final TimeSource time;

    PatrolSight(VideoLine video, AgentSettings settings, TimeSource time) {
        this.video = video;
        this.settings = settings;
        this.time = time;
    }

    @Override
    public Sight open(String model) throws IOException {
        if (!video.fault().isEmpty()) {
            throw new IOException("vision is off: " + video.fault());
        }
        if (model.isEmpty()) {
            return new Serving();
        }
        try {
            return new OwnModel(video.shelf().find(model));
        } catch (BadModelException e) {
            throw new IOException("the model " + model + " cannot be served: " + e.getMessage(), e);
        }
    }

    private final class Serving implements Sight {
        @Override
        public CompletableFuture<LookedPicture> look(String camera) {
            return video.eyes().lookAt(camera);
        }

        @Override
        public CompletableFuture<byte[]> picture(SnapshotJob job) {
            return video.eyes().snapshot(job);
        }

        @Override
        public void close() {}
    }

    /** A worker of its own; what it sees goes to nobody but the patrol. */
    private final class OwnModel implements Sight, LookedPictureSink {
        private final Map<String, CompletableFuture<LookedPicture>> awaited = new ConcurrentHashMap<>();
        private final VisionPool pool;

        OwnModel(ModelPackage model) throws IOException {
            VisionSettings usual = SettingsViews.vision(settings);
            VisionStateSink nobody = (worker, state, reason, detail) -> {};
            this.pool = new VisionPool(
                    SettingsViews.alone(usual, model.folder()),
                    model,
                    new VisionPool.Outlets(this, nobody, VisionObserver.NONE),
                    time);
            pool.start();
        }

        @Override
        public CompletableFuture<LookedPicture> look(String camera) {
            return video.eyes().freshLook(camera).thenCompose(look -> {
                CompletableFuture<LookedPicture> seen = new CompletableFuture<>();
                awaited.put(camera, seen);
                Look kept = look.kept();
                look.release();
                pool.onLook(kept);
                return seen;
            });
        }

        @Override
        public boolean offer(LookedPicture picture) {
            CompletableFuture<LookedPicture> waiting =
                    awaited.remove(picture.look().camera());
            if (waiting != null) {
                waiting.complete(picture);
            }
            return true;
        }

        @Override
        public CompletableFuture<byte[]> picture(SnapshotJob job) {
            return pool.snapshot(video.eyes().hidden().cover(job));
        }

        @Override
        public void close() {
            try {
                pool.close();
            } catch (IOException e) {
                LOG.warn("the detector of a patrol did not stop in order: {}", e.toString());
            }
        }
    }
}
