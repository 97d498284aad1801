package io.fengsui.benchmarks;

import ai.djl.engine.Engine;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.Codec;
import io.fengsui.edge.gate.GateReason;
import io.fengsui.edge.gate.Look;
import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.edge.vision.VisionObserver;
import io.fengsui.edge.vision.VisionSettings;
import io.fengsui.edge.vision.VisionSettings.InputSize;
import io.fengsui.edge.vision.model.BadModelException;
import io.fengsui.edge.vision.model.ModelPackage;
import io.fengsui.edge.vision.pool.VisionPool;
import io.fengsui.edge.vision.wire.FromWorker.Detected;
import io.fengsui.fieldsim.clip.AccessUnitClip;
import io.fengsui.fieldsim.scene.Actor;
import io.fengsui.fieldsim.scene.Light;
import io.fengsui.fieldsim.scene.PictureSize;
import io.fengsui.fieldsim.scene.Route;
import io.fengsui.fieldsim.scene.SceneScript;
import io.fengsui.fieldsim.scene.SceneStudio;
import io.fengsui.fieldsim.scene.Waypoint;
import io.fengsui.runtime.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What a look at a keyframe costs: through the pool, its worker process and DJL, and, in the same run, the bare network
 * in ONNX Runtime; at the end P8. Arguments: {@code --commit=C} for the line of JSON, and the model's folder; all figures of the
 * table are milliseconds of one thread, of pictures of 1280x720.
 */
public final class DetectBenchmark {
    private static final int LOOKS = 100;
    private static final int WARM_UP = 20;
    private static final int[][] SIZES = {{320, 192}, {416, 416}};
    private static final String COMMIT = "--commit=";
    private static final byte[] START = {0, 0, 0, 1};

    private DetectBenchmark() {}

    private record Costs(double decode, double prepare, double infer, double read, double perSecond) {}

    /** Prints one line a size and number of callers. */
    public static void main(String[] args) throws Exception {
        String commit = "unknown";
        Path folder = Path.of("models/nanodet-g/1");
        for (String arg : args) {
            if (arg.startsWith(COMMIT)) {
                commit = arg.substring(COMMIT.length());
            } else {
                folder = Path.of(arg);
            }
        }
        // DJL's engine makes the one OrtEnvironment of a process and must be first to touch it.
        Engine.getEngine("OnnxRuntime");
        ModelPackage model = ModelPackage.load(folder);
        Look look = look(keyframe(PictureSize.HD));
        System.out.println("input    callers  decode  prepare  infer   read    looks/s  raw ORT  runs/s");
        for (int[] size : SIZES) {
            for (int callers = 1; callers <= 2; callers++) {
                Costs pool = throughPool(model, size, callers, look);
                double[] raw = bare(model, size, callers);
                System.out.printf(
                        Locale.ROOT,
                        "%-8s %7d %7.2f %8.2f %6.2f %6.2f %8.1f %8.2f %7.1f%n",
                        size[0] + "x" + size[1],
                        callers,
                        pool.decode(),
                        pool.prepare(),
                        pool.infer(),
                        pool.read(),
                        pool.perSecond(),
                        raw[0],
                        raw[1]);
            }
        }
        DetectionRate.tell(model, SIZES[0][0], SIZES[0][1], keyframe(PictureSize.SMALL), commit);
    }

    private static byte[] keyframe(PictureSize size) {
        Route route = Route.of(new Waypoint(0, 0.2, 0.66), new Waypoint(2, 0.3, 0.66));
        AccessUnitClip clip = SceneStudio.draw(
                new SceneScript(size, 5, 2, 1, Light.DAY, List.of(new Actor.Walker(0.35, 0x304a80, route))));
        ByteArrayOutputStream annexB = new ByteArrayOutputStream();
        List<byte[]> nals = new ArrayList<>(clip.parameterSets());
        nals.addAll(clip.units().getFirst().nalUnits());
        for (byte[] nal : nals) {
            annexB.writeBytes(START);
            annexB.writeBytes(nal);
        }
        return annexB.toByteArray();
    }

    private static Look look(byte[] annexB) {
        AccessUnit unit = new AccessUnit(Codec.H264, annexB, true, true, 0, System.nanoTime(), 1, 0);
        return new Look("camera", List.of(unit), true, GateReason.REQUESTED);
    }

    private static Costs throughPool(ModelPackage model, int[] size, int callers, Look look)
            throws IOException, InterruptedException {
        BlockingQueue<Detected> done = new LinkedBlockingQueue<>();
        VisionObserver observer = new VisionObserver() {
            @Override
            public void onLooked(String camera, long waitedNanos, Detected detected) {
                done.add(detected);
            }
        };
        VisionPool.Outlets outlets = new VisionPool.Outlets(
                (LookedPicture _) -> true, (_, _, _, detail) -> System.err.print(detail), observer);
        try (Scratch scratch = Scratch.make("detect");
                VisionPool pool = new VisionPool(
                        settings(model, size, callers, scratch.folder()), model, outlets, TimeSource.system())) {
            pool.start();
            int cameras = callers + 2;
            for (int i = 0; i < cameras; i++) {
                pool.onLook(of(look, i));
            }
            List<Detected> measured = new ArrayList<>();
            long begun = 0;
            for (int i = 0; i < WARM_UP + LOOKS; i++) {
                Detected detected = done.take();
                pool.onLook(of(look, i % cameras));
                if (i == WARM_UP) {
                    begun = System.nanoTime();
                } else if (i > WARM_UP) {
                    measured.add(detected);
                }
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            return new Costs(
                    mean(measured, d -> d.spent().decodeNanos()),
                    mean(measured, d -> d.spent().prepareNanos()),
                    mean(measured, d -> d.spent().inferNanos()),
                    mean(measured, d -> d.spent().readNanos()),
                    measured.size() / seconds);
        }
    }

    private static VisionSettings settings(ModelPackage model, int[] size, int callers, Path data) {
        return new VisionSettings(
                model.folder(),
                new InputSize(size[0], size[1]),
                1,
                callers,
                java.time.Duration.ofHours(1),
                VisionSettings.Limits.DEFAULT,
                VisionSettings.Folders.below(data));
    }

    private static Look of(Look look, int camera) {
        return new Look("camera-" + camera, look.pictures(), true, look.reason());
    }

    private static double mean(List<Detected> measured, java.util.function.ToLongFunction<Detected> nanos) {
        return measured.stream().mapToLong(nanos).average().orElse(0) / 1e6;
    }

    /** Milliseconds of one run, and runs of all callers in a second. */
    private static double[] bare(ModelPackage model, int[] size, int callers)
            throws BadModelException, OrtException, InterruptedException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            try (OrtSession session = environment.createSession(model.readModel(), options)) {
                runs(environment, session, model, size, WARM_UP);
                List<Thread> threads = new ArrayList<>();
                long begun = System.nanoTime();
                for (int i = 0; i < callers; i++) {
                    threads.add(Thread.ofPlatform().start(() -> runs(environment, session, model, size, LOOKS)));
                }
                for (Thread thread : threads) {
                    thread.join();
                }
                double seconds = (System.nanoTime() - begun) / 1e9;
                return new double[] {seconds * 1000 / LOOKS, callers * LOOKS / seconds};
            }
        }
    }

    /** Values like those of a picture that was prepared: zeros are faster than anything real. */
    private static void picture(FloatBuffer input, int[] size) {
        java.util.SplittableRandom noise = new java.util.SplittableRandom(1);
        for (int i = 0; i < input.capacity(); i++) {
            int x = i % size[0];
            int y = i / size[0] % size[1];
            input.put(i, (float) (1.5 * Math.sin(x / 23.0) * Math.cos(y / 17.0) + noise.nextDouble(-0.3, 0.3)));
        }
    }

    private static void runs(OrtEnvironment environment, OrtSession session, ModelPackage model, int[] size, int runs) {
        FloatBuffer input = ByteBuffer.allocateDirect(3 * size[0] * size[1] * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        picture(input, size);
        String name = model.manifest().input().name();
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, input, new long[] {1, 3, size[1], size[0]})) {
            for (int i = 0; i < runs; i++) {
                session.run(Map.of(name, tensor)).close();
            }
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
