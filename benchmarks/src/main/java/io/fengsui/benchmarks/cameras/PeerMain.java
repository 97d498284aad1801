package io.fengsui.benchmarks.cameras;

import ai.onnxruntime.OrtException;
import io.fengsui.benchmarks.cameras.sight.MotionCheck;
import io.fengsui.benchmarks.cameras.sight.SightDetector;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;

/**
 * What people build today, as lean as it can be: one ffmpeg process a camera that decodes and scales to 5 pictures a second into a
 * pipe; or one thread a camera with JavaCV's grabber. Then motion, and on motion the standard detector, two at a time. Arguments: kind,
 * RTSP port, cameras, the model's folder, the file for what is seen.
 */
public final class PeerMain {
    private static final int PICTURE = SightDetector.WIDTH * SightDetector.HEIGHT * 3 / 2;
    private static final int DETECTORS = 2;
    private static final double PICTURES_A_SECOND = 5;
    /** Older pictures make way: a detector that lags behind helps nobody. */
    private static final int WAITING = 64;

    private final int port;
    private final int cameras;
    private final Path model;
    private final PrintWriter seen;
    private final BlockingQueue<Shot> shots = new ArrayBlockingQueue<>(WAITING);

    /** A picture in which something moved. */
    @SuppressWarnings("ArrayRecordComponent") // handed on; never compared
    private record Shot(int camera, boolean isYuv, byte[] bytes, double at) {}

    private PeerMain(int port, int cameras, Path model, Path seen) throws IOException {
        this.port = port;
        this.cameras = cameras;
        this.model = model;
        this.seen = new PrintWriter(Files.newBufferedWriter(seen), true);
    }

    public static void main(String[] arguments) throws Exception {
        PeerMain peer = new PeerMain(
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                Path.of(arguments[3]),
                Path.of(arguments[4]));
        for (int i = 0; i < DETECTORS; i++) {
            Thread.ofPlatform().daemon().name("detect-" + i).start(peer::detect);
        }
        boolean isFfmpeg = arguments[0].equals("ffmpeg");
        for (int i = 0; i < peer.cameras; i++) {
            int camera = i;
            Thread.ofPlatform().name("camera-" + i).daemon().start(() -> {
                while (true) {
                    if (isFfmpeg) {
                        peer.pipe(camera);
                    } else {
                        peer.grab(camera);
                    }
                }
            });
            TimeUnit.MILLISECONDS.sleep(30);
        }
        // Until the one who started us closes our input.
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    private String uri(int camera) {
        return "rtsp://127.0.0.1:" + port + "/cam-" + camera;
    }

    private void pipe(int camera) {
        List<String> command = List.of(
                "ffmpeg",
                "-nostdin",
                "-loglevel",
                "error",
                "-rtsp_transport",
                "tcp",
                "-analyzeduration",
                "500000",
                "-probesize",
                "100000",
                "-threads",
                "1",
                "-i",
                uri(camera),
                "-an",
                "-vf",
                "fps=5,scale=" + SightDetector.WIDTH + ":" + SightDetector.HEIGHT + ":flags=bilinear",
                "-threads",
                "1",
                "-filter_threads",
                "1",
                "-pix_fmt",
                "yuv420p",
                "-f",
                "rawvideo",
                "pipe:1");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream in = process.getInputStream()) {
                MotionCheck motion = new MotionCheck();
                byte[] picture = new byte[PICTURE];
                while (in.readNBytes(picture, 0, PICTURE) == PICTURE) {
                    if (motion.moves(ByteBuffer.wrap(picture), 0, SightDetector.WIDTH, 1)) {
                        offer(new Shot(camera, true, picture.clone(), System.currentTimeMillis() / 1000.0));
                    }
                }
            } finally {
                process.destroyForcibly();
            }
            TimeUnit.SECONDS.sleep(1);
        } catch (IOException e) {
            throw new IllegalStateException("ffmpeg cannot be started", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void grab(int camera) {
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(uri(camera))) {
            grabber.setOption("rtsp_transport", "tcp");
            grabber.setOption("analyzeduration", "500000");
            grabber.setOption("probesize", "100000");
            grabber.setOption("threads", "1");
            grabber.setVideoOption("threads", "1");
            grabber.setImageWidth(SightDetector.WIDTH);
            grabber.setImageHeight(SightDetector.HEIGHT);
            grabber.setImageScalingFlags(org.bytedeco.ffmpeg.global.swscale.SWS_FAST_BILINEAR);
            grabber.start();
            MotionCheck motion = new MotionCheck();
            long next = System.nanoTime();
            for (Frame frame = grabber.grabImage(); frame != null; frame = grabber.grabImage()) {
                // It has no way to leave out the scaling of a picture: all are scaled, one in three is looked at.
                if (System.nanoTime() - next < 0) {
                    continue;
                }
                next = Math.max(next, System.nanoTime() - 200_000_000) + (long) (1e9 / PICTURES_A_SECOND);
                ByteBuffer image = (ByteBuffer) frame.image[0];
                if (motion.moves(image, 1, frame.imageStride, 3)) {
                    byte[] copy = new byte[frame.imageStride * SightDetector.HEIGHT];
                    image.get(0, copy, 0, Math.min(copy.length, image.capacity()));
                    offer(new Shot(camera, false, copy, System.currentTimeMillis() / 1000.0));
                }
            }
        } catch (IOException e) {
            // Tried again, as the peers do.
        }
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void offer(Shot shot) {
        while (!shots.offer(shot)) {
            shots.poll();
        }
    }

    private void detect() {
        try (SightDetector detector = new SightDetector(model)) {
            while (true) {
                Shot shot = shots.take();
                int stride = shot.bytes.length / SightDetector.HEIGHT;
                boolean sees = shot.isYuv
                        ? detector.seesYuv(shot.bytes)
                        : detector.seesBgr(ByteBuffer.wrap(shot.bytes), stride);
                if (sees) {
                    seen.println(String.format(
                            Locale.ROOT,
                            "{\"camera\":\"cam-%d\",\"at\":%.3f,\"shot\":%.3f}",
                            shot.camera,
                            System.currentTimeMillis() / 1000.0,
                            shot.at));
                }
            }
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
