package io.fengsui.edge.evidence;

import io.fengsui.edge.decide.outlet.PictureRequest;
import io.fengsui.edge.decide.outlet.PictureRequest.Wanted;
import io.fengsui.edge.vision.SnapshotSource;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets the picture that is asked for, and says why there is none. Waits; confined to {@code evidence}. */
final class PictureTaker {
    private static final Logger LOG = LoggerFactory.getLogger(PictureTaker.class);

    private final SnapshotSource source;
    private final KeptPictures kept;
    private final Duration patience;

    PictureTaker(SnapshotSource source, KeptPictures kept, Duration patience) {
        this.source = source;
        this.kept = kept;
        this.patience = patience;
    }

    /** A picture, or why there is none. */
    sealed interface Taken {}

    /** Not empty. */
    @SuppressWarnings("ArrayRecordComponent") // stored as it is; never compared
    record Jpeg(byte[] bytes) implements Taken {}

    record None(LossReason why) implements Taken {}

    Taken take(PictureRequest request) throws InterruptedException {
        CompletableFuture<byte[]> future;
        try {
            future = switch (request.wanted()) {
                case Wanted.Decided decided -> source.snapshot(decided.job());
                case Wanted.Present present -> source.present(present.camera());
                case Wanted.Made made -> CompletableFuture.completedFuture(made.jpeg());
                case Wanted.Kept one -> CompletableFuture.completedFuture(kept.read(one.name()));
            };
        } catch (RuntimeException | Error e) {
            LOG.error("no picture, the source failed: event={}", request.event(), e);
            return new None(LossReason.NO_PICTURE);
        }
        try {
            byte[] picture = future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return picture.length == 0 ? new None(LossReason.NO_PICTURE) : new Jpeg(picture);
        } catch (ExecutionException | CancellationException e) {
            LossReason why = LossReason.of(e);
            LOG.warn(
                    "no picture: event={} camera={} reason={}: {}",
                    request.event(),
                    request.wanted().camera(),
                    why.label(),
                    String.valueOf(e.getCause() == null ? e : e.getCause()));
            return new None(why);
        } catch (TimeoutException e) {
            future.cancel(true);
            LOG.warn(
                    "no picture in time: event={} camera={}",
                    request.event(),
                    request.wanted().camera());
            return new None(LossReason.NO_PICTURE);
        }
    }
}
