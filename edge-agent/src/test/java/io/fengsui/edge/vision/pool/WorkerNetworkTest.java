package io.fengsui.edge.vision.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.edge.vision.TestingStreet;
import io.fengsui.edge.vision.VisionSettings;
import io.fengsui.edge.vision.VisionSettings.Folders;
import io.fengsui.edge.vision.VisionSettings.InputSize;
import io.fengsui.edge.vision.VisionSettings.Limits;
import io.fengsui.edge.vision.wire.Frames;
import io.fengsui.edge.vision.wire.FromWorker;
import io.fengsui.edge.vision.wire.ToWorker;
import io.fengsui.edge.vision.wire.Wire;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker under strace: it talks to its parent and to nobody else. */
@Tag("slow")
class WorkerNetworkTest {
    private static final Path STRACE = Path.of("/usr/bin/strace");

    @TempDir
    Path data;

    @Test
    @Timeout(180)
    void aWorkerMakesNoConnectionButToItsParent() throws Exception {
        assumeTrue(Files.isExecutable(STRACE), "strace is not installed");
        Path socket = data.resolve("w.sock");
        Path scratch = Files.createDirectories(data.resolve("scratch"));
        Path trace = data.resolve("trace");
        VisionSettings settings = new VisionSettings(
                TestingStreet.model(),
                new InputSize(320, 192),
                1,
                1,
                Duration.ofMinutes(1),
                Limits.DEFAULT,
                new Folders(data, TestingStreet.nativeLibraries()));
        WorkerCommand command = WorkerCommand.of(settings, socket, scratch);
        List<String> words = new ArrayList<>(
                List.of(STRACE.toString(), "-f", "-qq", "-o", trace.toString(), "-e", "trace=connect,sendto,sendmsg"));
        words.addAll(command.words());
        try (ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            door.bind(UnixDomainSocketAddress.of(socket));
            ProcessBuilder builder = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(data.resolve("log").toFile());
            builder.environment().clear();
            builder.environment().putAll(command.environment());
            Process process = builder.start();
            try (SocketChannel worker = door.accept()) {
                assertThat(detections(worker)).isNotEmpty();
                // Closed while a heartbeat waits unread: the worker sees a reset, which is an end like any other.
                awaitUnread(worker);
            }
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        List<String> calls = Files.readAllLines(trace);
        assertThat(calls)
                .anySatisfy(call -> assertThat(call).contains("connect(").contains("w.sock"));
        assertThat(calls).allSatisfy(call -> assertThat(call).doesNotContain("AF_INET"));
    }

    private static void awaitUnread(SocketChannel worker) throws Exception {
        try (Selector readable = Selector.open()) {
            worker.configureBlocking(false);
            worker.register(readable, SelectionKey.OP_READ);
            assertThat(readable.select(10_000)).isEqualTo(1);
        }
    }

    private static List<io.fengsui.protocol.value.Detection> detections(SocketChannel worker) throws Exception {
        Frames frames = new Frames(Wire.MAX_FROM_WORKER);
        List<FromWorker> said = new ArrayList<>();
        while (frames.readFrom(worker::read, frame -> said.add(Wire.fromWorker(frame))) >= 0) {
            for (FromWorker message : said) {
                if (message instanceof FromWorker.Ready) {
                    worker.write(Wire.frame(new ToWorker.Detect(
                            1,
                            new io.fengsui.edge.vision.wire.CodedRange(
                                    io.fengsui.edge.bitstream.Codec.H264,
                                    TestingStreet.annexB().subList(0, 1)),
                            io.fengsui.edge.vision.wire.Following.NONE)));
                } else if (message instanceof FromWorker.Detected detected) {
                    return detected.detections();
                }
            }
            said.clear();
        }
        return List.of();
    }
}
