package io.fengsui.benchmarks;

import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_ref;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.edge.bitstream.Codec;
import io.fengsui.edge.vision.model.InputSpec;
import io.fengsui.edge.vision.model.ModelPackage;
import io.fengsui.edge.vision.wire.CodedRange;
import io.fengsui.edge.vision.worker.detect.Detector;
import io.fengsui.edge.vision.worker.detect.LoadedModel;
import io.fengsui.edge.vision.worker.picture.PictureScaler;
import io.fengsui.edge.vision.worker.picture.RangeDecoder;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * P8: detections a second of one decoded picture after the other through the worker's own {@link Detector} (scaling, DJL,
 * reading), two callers, beside ONNX Runtime on tensors that are ready: with its defaults (one caller, as many threads within
 * as there are cores), and at its best (two callers, one thread within). Rounds in turn, there and back.
 */
final class DetectionRate implements AutoCloseable {
    private static final int CALLERS = 2;
    private static final int ROUNDS = 6;
    private static final long ROUND_NANOS = 4_000_000_000L;
    private static final double REACH = 0.97;
    private static final int CHANNELS = 3;

    private final ModelPackage model;
    private final InputSpec input;
    private final LoadedModel loaded;
    private final List<AVFrame> pictures = new ArrayList<>();
    private final OrtSession best;
    private final OrtSession defaults;
    private final OnnxTensor tensor;
    private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    private final List<Detector> detectors = new ArrayList<>();

    private DetectionRate(ModelPackage model, int width, int height, byte[] annexB) throws Exception {
        this.model = model;
        this.input = model.manifest().input().resized(width, height);
        this.loaded = LoadedModel.load(model, input);
        try (RangeDecoder decoder = new RangeDecoder()) {
            AVFrame decoded = switch (decoder.decode(new CodedRange(Codec.H264, List.of(annexB)))) {
                case RangeDecoder.Decoded.Picture picture -> picture.frame();
                case RangeDecoder.Decoded.Nothing nothing -> throw new IllegalStateException(nothing.detail());
            };
            for (int i = 0; i < CALLERS; i++) {
                AVFrame own = av_frame_alloc();
                av_frame_ref(own, decoded);
                pictures.add(own);
                detectors.add(new Detector(loaded));
            }
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions one = new OrtSession.SessionOptions();
                OrtSession.SessionOptions shipped = new OrtSession.SessionOptions()) {
            one.setIntraOpNumThreads(1);
            one.addConfigEntry("session.intra_op.allow_spinning", "0");
            this.best = environment.createSession(model.readModel(), one);
            this.defaults = environment.createSession(model.readModel(), shipped);
        }
        this.tensor = OnnxTensor.createTensor(environment, planes(), new long[] {1, CHANNELS, height, width});
    }

    /** The same picture as the detector's, so that neither has easier numbers. */
    private FloatBuffer planes() {
        FloatBuffer planes = ByteBuffer.allocateDirect(CHANNELS * input.width() * input.height() * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        try (PictureScaler scaler = new PictureScaler()) {
            AVFrame bgr = scaler.toBgr(pictures.getFirst(), input.width(), input.height());
            int stride = bgr.linesize(0);
            ByteBuffer bytes =
                    bgr.data(0).capacity((long) stride * input.height()).asByteBuffer();
            for (int c = 0; c < CHANNELS; c++) {
                for (int i = 0; i < input.width() * input.height(); i++) {
                    int value = bytes.get(i / input.width() * stride + i % input.width() * CHANNELS + c) & 0xff;
                    planes.put((value - input.mean().get(c)) / input.std().get(c));
                }
            }
        }
        return planes.rewind();
    }

    /** Prints a row a way and one line of JSON. */
    static void tell(ModelPackage model, int width, int height, byte[] annexB, String commit) throws Exception {
        try (DetectionRate rate = new DetectionRate(model, width, height, annexB)) {
            rate.run(commit);
        }
    }

    private static List<Double> of(Map<Way, List<Double>> values, Way way) {
        return values.getOrDefault(way, List.of());
    }

    private enum Way {
        JAVA_PATH,
        RAW_BEST,
        RAW_DEFAULTS
    }

    private void run(String commit) throws Exception {
        Map<Way, List<Double>> rates = new EnumMap<>(Way.class);
        Map<Way, List<Double>> cpu = new EnumMap<>(Way.class);
        List<Double> ratios = new ArrayList<>();
        for (Way way : Way.values()) {
            rates.put(way, new ArrayList<>());
            cpu.put(way, new ArrayList<>());
            round(way);
        }
        for (int round = 0; round < ROUNDS; round++) {
            List<Way> order = round % 2 == 0
                    ? List.of(Way.values())
                    : List.of(Way.values()).reversed();
            for (Way way : order) {
                Round done = round(way);
                of(rates, way).add(done.pictures() / done.seconds());
                of(cpu, way).add(done.cpuNanos() / 1e6 / done.pictures());
            }
            ratios.add(
                    of(rates, Way.JAVA_PATH).getLast() / of(rates, Way.RAW_BEST).getLast());
        }
        for (Way way : Way.values()) {
            System.out.println(Measure.median(
                            way.name().toLowerCase(Locale.ROOT).replace('_', '-'), "pictures/s", of(rates, way), "")
                    .row());
        }
        for (Way way : List.of(Way.JAVA_PATH, Way.RAW_BEST)) {
            System.out.println(Measure.median(
                            "  CPU of a picture, "
                                    + way.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                            "ms",
                            of(cpu, way),
                            "")
                    .row());
        }
        Measure ratio = Measure.median("java-path over raw-best", "ratio", ratios, "");
        System.out.println(ratio.row());
        ObjectNode node = new ObjectMapper()
                .createObjectNode()
                .put("id", "P8")
                .put("value", rounded(ratio.value()))
                .put("unit", "of the best of raw ONNX Runtime");
        node.putArray("spread").add(rounded(ratio.least())).add(rounded(ratio.greatest()));
        ObjectNode peers = node.putObject("peers");
        for (Way way : Way.values()) {
            peers.put(
                    way.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    rounded(Measure.median("", "", of(rates, way), "").value()));
        }
        node.put("reach", REACH)
                .put("met", ratio.value() >= REACH)
                .put(
                        "conditions",
                        model.manifest().model().name() + " at " + input.width() + "x" + input.height()
                                + ", pictures of "
                                + pictures.getFirst().width() + "x"
                                + pictures.getFirst().height() + " already decoded, " + CALLERS + " callers, " + ROUNDS
                                + " rounds in turn")
                .put("commit", commit);
        System.out.println(node);
    }

    /** @param cpuNanos of the callers, without what a network's own threads take */
    private record Round(long pictures, double seconds, long cpuNanos) {}

    private Round round(Way way) throws Exception {
        int callers = switch (way) {
            case JAVA_PATH, RAW_BEST -> CALLERS;
            case RAW_DEFAULTS -> 1;
        };
        long begun = System.nanoTime();
        List<Future<long[]>> done = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            Callable<long[]> caller = caller(way, i, begun + ROUND_NANOS);
            done.add(threads.submit(caller));
        }
        long pictures = 0;
        long cpu = 0;
        for (Future<long[]> each : done) {
            pictures += each.get()[0];
            cpu += each.get()[1];
        }
        return new Round(pictures, (System.nanoTime() - begun) / 1e9, cpu);
    }

    private Callable<long[]> caller(Way way, int number, long end) {
        return switch (way) {
            case JAVA_PATH -> () -> until(end, () -> detectors.get(number).detect(pictures.get(number), 0));
            case RAW_BEST -> () -> until(end, () -> raw(best));
            case RAW_DEFAULTS -> () -> until(end, () -> raw(defaults));
        };
    }

    /** How many steps were done, and the thread's CPU time of them. */
    private static long[] until(long end, Callable<?> step) throws Exception {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long begun = clock.getCurrentThreadCpuTime();
        long done = 0;
        while (System.nanoTime() < end) {
            step.call();
            done++;
        }
        return new long[] {done, clock.getCurrentThreadCpuTime() - begun};
    }

    private Object raw(OrtSession session) throws OrtException {
        try (OrtSession.Result result =
                session.run(Map.of(model.manifest().input().name(), tensor))) {
            return result.size();
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    @Override
    public void close() throws OrtException {
        threads.shutdownNow();
        detectors.forEach(Detector::close);
        pictures.forEach(picture -> av_frame_free(picture));
        tensor.close();
        best.close();
        defaults.close();
        loaded.close();
    }
}
