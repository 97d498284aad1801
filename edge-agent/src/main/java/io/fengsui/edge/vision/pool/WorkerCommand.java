package io.fengsui.edge.vision.pool;

import io.fengsui.edge.vision.VisionSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a worker is started: this Java, this class path, caps on its memory, and nothing of the agent's environment, where
 * secrets may be.
 *
 * <p>The class path goes by the environment, since ONNX Runtime has died of command lines over 4 KB.
 */
record WorkerCommand(List<String> words, Map<String, String> environment) {
    private static final String MAIN = "io.fengsui.edge.vision.worker.WorkerMain";
    private static final Path NICE = Path.of("/usr/bin/nice");
    private static final String NICENESS = "5";
    private static final int DIRECT_MIB = 128;

    static WorkerCommand of(VisionSettings settings, Path socket, Path scratch) {
        List<String> words = new ArrayList<>();
        if (Files.isExecutable(NICE)) {
            words.addAll(List.of(NICE.toString(), "-n", NICENESS));
        }
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(jvmOptions(settings, scratch));
        words.add(MAIN);
        words.add(socket.toString());
        words.add(settings.model().toAbsolutePath().toString());
        words.add(Integer.toString(settings.input().width()));
        words.add(Integer.toString(settings.input().height()));
        words.add(Integer.toString(settings.inferThreads()));
        Map<String, String> environment = Map.of(
                "CLASSPATH", System.getProperty("java.class.path"),
                "LC_ALL", "C.UTF-8",
                "OPT_OUT_TRACKING", "true",
                "ORT_DISABLE_TELEMETRY", "1",
                "OPENBLAS_NUM_THREADS", "1",
                "OMP_NUM_THREADS", "1",
                "MALLOC_ARENA_MAX", "2",
                "DJL_CACHE_DIR", scratch.toString());
        return new WorkerCommand(List.copyOf(words), environment);
    }

    private static List<String> jvmOptions(VisionSettings settings, Path scratch) {
        return List.of(
                // Next to nothing outlives a look: a young generation of the usual third would only be more memory that
                // is touched.
                "-Xms32m",
                "-Xmn16m",
                "-Xmx" + settings.limits().heapMiB() + "m",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                // What the decoders of cameras at which nobody looks any more have left in the C library's hands.
                "-XX:TrimNativeHeapInterval=10000",
                "-XX:MaxDirectMemorySize=" + DIRECT_MIB + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:-UsePerfData",
                "-XX:ErrorFile=" + scratch.resolve("crash.log"),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djdk.nio.maxCachedBufferSize=262144",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + scratch,
                "-Dai.djl.offline=true",
                "-Dai.djl.onnx.disable_alternative=true",
                "-Dorg.bytedeco.javacpp.maxBytes=0",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-Dorg.bytedeco.javacpp.nopointergc=true",
                "-Dorg.bytedeco.javacpp.cachedir="
                        + settings.folders().nativeLibraries().toAbsolutePath(),
                "-Dlogback.configurationFile=io/fengsui/edge/vision/worker-logback.xml");
    }
}
