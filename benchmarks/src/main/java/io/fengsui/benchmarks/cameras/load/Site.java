package io.fengsui.benchmarks.cameras.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where a run lies.
 *
 * @param project the project's folder
 * @param work folder of everything that is written
 * @param commit of what is measured
 * @param detector name of the model that agent and peers detect with; what full decoding sees is judged by the standard one
 */
public record Site(Path project, Path work, String commit, String detector) {
    /** The standard detector. */
    public static final String STANDARD = "nanodet-g";

    /** JVM and arguments of a program, as the script wrote them down; may be added to. */
    public List<String> command(String program) throws IOException {
        return new ArrayList<>(Files.readAllLines(work.resolve("commands").resolve(program)));
    }

    /** Streams and what full decoding sees in them do not depend on what is measured: other runs share them. */
    public Path library() {
        return work.resolveSibling("streams");
    }

    public Path reference() {
        return work.resolveSibling("reference");
    }

    /** An empty data folder for an agent. Its path is short: the agent's command socket lies in it. */
    public Path freshData(String trial) throws IOException {
        Path folder = work.resolveSibling("d").resolve(Integer.toHexString(trial.hashCode()));
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectories(folder);
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The detector's package with the standard input, 320x192; made of the model that comes with the project. */
    public Path model() throws IOException {
        return model(detector);
    }

    /** The standard detector's package. */
    public Path standardModel() throws IOException {
        return model(STANDARD);
    }

    private Path model(String name) throws IOException {
        Path shipped = project.resolve("models").resolve(name).resolve("1");
        Path folder = Files.createDirectories(models().resolve(name).resolve("1"));
        for (String file : List.of("model.onnx", "labels.txt", "CARD.md")) {
            if (!Files.exists(folder.resolve(file)) && Files.exists(shipped.resolve(file))) {
                Files.copy(shipped.resolve(file), folder.resolve(file));
            }
        }
        String manifest = Files.readString(shipped.resolve("model.yaml"))
                .replaceFirst("width: \\d+", "width: 320")
                .replaceFirst("height: \\d+", "height: 192");
        // The golden pictures belong to the input it is shipped with.
        int golden = manifest.indexOf("\ngolden:");
        Files.writeString(folder.resolve("model.yaml"), golden < 0 ? manifest : manifest.substring(0, golden + 1));
        return folder;
    }

    /** The folder of model packages. */
    public Path models() {
        return work.resolve("models");
    }
}
