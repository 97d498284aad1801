package io.fengsui.systemtests.site;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** Where the project lies, and how its programs are called: the same JVM flags as {@code scripts/lib/program.sh}. */
public final class Reactor {
    public static final String AGENT = "edge-agent";
    public static final String HUB = "central-hub";

    private Reactor() {}

    /** The project's folder, above the one that the tests run in. */
    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("edge-agent/pom.xml"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("the tests do not run inside of the project");
            }
        }
        return folder;
    }

    public static Path models() {
        return root().resolve("models");
    }

    /** Everything up to the program's own arguments. */
    public static List<String> command(String module) {
        List<String> words = options(module);
        words.addAll(List.of("-jar", jar(module).toString()));
        return words;
    }

    /** The same with classes of this folder in place of the program's own. */
    public static List<String> command(String module, Path ahead) throws IOException {
        List<String> words = options(module);
        try (JarFile jar = new JarFile(jar(module).toFile())) {
            words.addAll(List.of(
                    "-cp",
                    ahead + File.pathSeparator + jar.getName(),
                    jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS)));
        }
        return words;
    }

    private static Path jar(String module) {
        Path jar = root().resolve(module).resolve("target").resolve(module + ".jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing; build it with: mvn -pl " + module + " -am package");
        }
        return jar;
    }

    private static List<String> options(String module) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-Djava.awt.headless=true",
                "-Dio.netty.allocator.type=pooled"));
        if (module.equals(AGENT)) {
            words.addAll(List.of(
                    "-Xms64m",
                    "-Xmx256m",
                    "-Xmn48m",
                    "-XX:SurvivorRatio=4",
                    "-XX:TargetSurvivorRatio=90",
                    "-XX:MinHeapFreeRatio=20",
                    "-XX:MaxHeapFreeRatio=30",
                    "-XX:-ShrinkHeapInSteps",
                    "-XX:TrimNativeHeapInterval=30000",
                    "-Dai.djl.offline=true",
                    "-Dai.djl.onnx.disable_alternative=true",
                    "-Dorg.bytedeco.javacpp.maxBytes=0",
                    "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0"));
        } else {
            words.add("-Xmx512m");
        }
        return words;
    }
}
