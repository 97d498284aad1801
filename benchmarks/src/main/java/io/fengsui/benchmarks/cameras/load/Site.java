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
 * @param models folder of model packages
 * @param detector name of the model that agent and peers detect with; what full decoding sees is judged by the standard one
 */
public record Site(Path project, Path work, String commit, Path models, String detector) {
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

    /** The detector's package. */
    public Path model() {
        return models.resolve(detector).resolve("1");
    }

    /** The standard detector's package. */
    public Path standardModel() {
        return project.resolve("models").resolve(STANDARD).resolve("1");
    }
}
