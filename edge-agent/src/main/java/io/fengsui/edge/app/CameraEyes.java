package io.fengsui.edge.app;

import io.fengsui.edge.camera.CameraFleet;
import io.fengsui.edge.config.CameraEntry;
import io.fengsui.edge.gate.ActivityGate;
import io.fengsui.edge.gate.Look;
import io.fengsui.edge.vision.HiddenParts;
import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.edge.vision.NoPictureException;
import io.fengsui.edge.vision.SnapshotJob;
import io.fengsui.edge.vision.SnapshotSource;
import io.fengsui.edge.vision.pool.VisionPool;
import io.fengsui.edge.vision.wire.Outline;
import io.fengsui.rules.geometry.Mask;
import io.fengsui.rules.geometry.Point;
import io.fengsui.rules.geometry.Polygon;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Pictures and looks that somebody asks for, now: evidence, an installer's snapshot, a question of the hub, a patrol. What is
 * to be hidden is hidden in all of them. Without vision each is refused and says why. Thread-safe.
 */
final class CameraEyes implements SnapshotSource {
    private static final int SNAPSHOT_WIDTH = 1920;
    private static final int SNAPSHOT_QUALITY = 85;
    private static final long SNAPSHOT_SECONDS = 20;

    private final HiddenParts hidden = new HiddenParts();
    private final @Nullable VisionPool pool;
    private final String fault;
    private final ActivityGate gate;
    private final CameraFleet fleet;
    private final GateFeedback feedback;

    /** @param fault why there is no pool */
    CameraEyes(@Nullable VisionPool pool, String fault, ActivityGate gate, CameraFleet fleet, GateFeedback feedback) {
        this.pool = pool;
        this.fault = fault;
        this.gate = gate;
        this.fleet = fleet;
        this.feedback = feedback;
    }

    /** Hides these parts of pictures from now on. */
    void hide(List<CameraEntry> cameras) {
        hidden.set(cameras.stream().collect(Collectors.toMap(CameraEntry::id, CameraEyes::hiddenParts)));
    }

    /** Covers pictures that are made elsewhere than here. */
    HiddenParts hidden() {
        return hidden;
    }

    IOException off() {
        return new NoPictureException(NoPictureException.Cause.VISION_OFF, "vision is off: " + fault);
    }

    private static IOException noStream(String message) {
        return new NoPictureException(NoPictureException.Cause.NO_STREAM, message);
    }

    static void offer(@Nullable VisionPool pool, Look look) {
        if (pool == null) {
            look.release();
        } else {
            pool.onLook(look);
        }
    }

    @Override
    public CompletableFuture<byte[]> snapshot(SnapshotJob job) {
        if (pool == null) {
            job.look().release();
            return CompletableFuture.failedFuture(off());
        }
        return pool.snapshot(hidden.cover(job));
    }

    @Override
    public CompletableFuture<byte[]> present(String camera) {
        return gate.request(fleet, camera)
                .thenCompose(look -> look.map(l ->
                                snapshot(new SnapshotJob(l, List.of(), List.of(), SNAPSHOT_WIDTH, SNAPSHOT_QUALITY)))
                        .orElseGet(() -> CompletableFuture.failedFuture(
                                noStream("camera " + camera + " has no whole picture yet"))));
    }

    @Override
    public void look(String camera) {
        gate.request(fleet, camera).thenAccept(look -> look.ifPresent(l -> offer(pool, l)));
    }

    /** What the serving detector sees now in a camera. */
    CompletableFuture<LookedPicture> lookAt(String camera) {
        if (pool == null) {
            return CompletableFuture.failedFuture(off());
        }
        return freshLook(camera).thenCompose(look -> {
            CompletableFuture<LookedPicture> seen = feedback.next(camera);
            offer(pool, look);
            return seen;
        });
    }

    /** The newest picture of a camera, for whoever releases it; fails when there is none, or when its pictures end workers. */
    CompletableFuture<Look> freshLook(String camera) {
        Optional<String> refusal = pool == null ? Optional.empty() : pool.refusal(camera);
        if (refusal.isPresent()) {
            return CompletableFuture.failedFuture(new NoPictureException(
                    NoPictureException.Cause.QUARANTINED, "it is not looked at: " + refusal.get()));
        }
        return gate.request(fleet, camera)
                .thenCompose(look -> look.map(CompletableFuture::completedFuture)
                        .orElseGet(() -> CompletableFuture.failedFuture(
                                noStream("it has no whole picture: it is offline, or has just come"))));
    }

    /** A picture of now. Waits. */
    byte[] snapshotNow(CameraEntry camera, boolean withZones) throws IOException, InterruptedException {
        try {
            Look look = gate.request(fleet, camera.id())
                    .get(SNAPSHOT_SECONDS, TimeUnit.SECONDS)
                    .orElseThrow(() -> noStream("camera " + camera.id() + " has no whole picture yet"));
            List<Outline> zones = withZones
                    ? camera.zones().stream()
                            .map(zone -> outline(zone.name().zh(), zone.polygon()))
                            .toList()
                    : List.of();
            return snapshot(new SnapshotJob(look, List.of(), zones, SNAPSHOT_WIDTH, SNAPSHOT_QUALITY))
                    .get(SNAPSHOT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(
                    String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()), e);
        } catch (TimeoutException e) {
            throw new IOException("no picture of camera " + camera.id() + " within " + SNAPSHOT_SECONDS + " s", e);
        }
    }

    private static List<Outline> hiddenParts(CameraEntry camera) {
        return camera.masks().stream()
                .filter(mask -> mask.hides() == Mask.Hides.PICTURE)
                .map(mask -> outline(mask.id(), mask.polygon()))
                .toList();
    }

    private static Outline outline(String name, Polygon polygon) {
        List<Point> corners = polygon.points();
        return new Outline(
                name,
                corners.stream().map(Point::x).toList(),
                corners.stream().map(Point::y).toList());
    }
}
