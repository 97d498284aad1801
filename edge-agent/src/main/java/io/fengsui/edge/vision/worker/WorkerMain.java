package io.fengsui.edge.vision.worker;

import io.fengsui.edge.vision.model.BadModelException;
import io.fengsui.edge.vision.model.InputSpec;
import io.fengsui.edge.vision.model.ModelPackage;
import io.fengsui.edge.vision.wire.Frames;
import io.fengsui.edge.vision.wire.FromWorker;
import io.fengsui.edge.vision.wire.ToWorker;
import io.fengsui.edge.vision.wire.Wire;
import io.fengsui.edge.vision.worker.detect.LoadedModel;
import io.fengsui.edge.vision.worker.picture.KeptDecoders;
import io.fengsui.runtime.RoleThreads;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.global.avutil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The child process. Connects to the agent's socket, loads its model, and does jobs until the socket ends; then it halts,
 * since nothing here is worth an orderly end.
 */
public final class WorkerMain {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerMain.class);

    /** Ended as it should: the agent closed the socket. */
    private static final int EXIT_END_OF_SOCKET = 0;

    private static final int END_OF_SOCKET = -1;

    private static final int EXIT_USAGE = 2;
    private static final int EXIT_SOCKET = 3;
    private static final int EXIT_MODEL = 4;
    private static final int EXIT_FAILED = 5;

    /** More than the agent ever has in flight for each thread; one that sends more waits in its socket. */
    private static final int QUEUE_PER_THREAD = 4;

    /** More than the agent follows at a time, so that it is never surprised; two to three megabytes each. */
    private static final int MAX_KEPT_DECODERS = 72;

    private static final Duration HEARTBEAT = Duration.ofMillis(250);

    private WorkerMain() {}

    /** Ends the process; never returns. */
    public static void main(String[] args) {
        int status;
        try {
            status = run(WorkerOptions.parse(args));
        } catch (IllegalArgumentException e) {
            LOG.error("cannot start: {}", e.getMessage());
            status = EXIT_USAGE;
        } catch (RuntimeException | Error e) {
            LOG.error("ends after an unexpected error", e);
            status = EXIT_FAILED;
        }
        Runtime.getRuntime().halt(status);
    }

    private static int run(WorkerOptions options) {
        OwnProcess.preferForOomKiller();
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(options.socket()));
            Outbox outbox = new Outbox(channel);
            AtomicLong jobsDone = new AtomicLong();
            KeptDecoders kept = new KeptDecoders(MAX_KEPT_DECODERS);
            // ends with the process
            var _ = RoleThreads.every(HEARTBEAT, "heartbeat", () -> beat(outbox, jobsDone, kept));
            return serve(options, channel, outbox, kept, jobsDone);
        } catch (IOException e) {
            LOG.error("socket {} failed: {}", options.socket(), e.toString());
            return EXIT_SOCKET;
        }
    }

    private static int serve(
            WorkerOptions options, SocketChannel channel, Outbox outbox, KeptDecoders kept, AtomicLong jobsDone)
            throws IOException {
        BlockingQueue<ToWorker> jobs = new ArrayBlockingQueue<>(options.threads() * QUEUE_PER_THREAD);
        try {
            avutil.av_log_set_level(avutil.AV_LOG_QUIET);
            ModelPackage model = ModelPackage.describe(options.model());
            InputSpec input = options.width() == 0
                    ? model.manifest().input()
                    : model.manifest().input().resized(options.width(), options.height());
            LoadedModel loaded = LoadedModel.load(model, input);
            for (int i = 0; i < options.threads(); i++) {
                JobRunner runner = new JobRunner(loaded, kept, outbox, jobs, jobsDone);
                runner.warmUp();
                RoleThreads.named("infer-" + i, runner).start();
            }
            outbox.send(new FromWorker.Ready(
                    ProcessHandle.current().pid(),
                    options.threads(),
                    model.manifest().model().name(),
                    model.manifest().model().version(),
                    model.manifest().sha256().hex(),
                    loaded.libraries()));
        } catch (BadModelException | IllegalArgumentException | IllegalStateException e) {
            LOG.error("model {} cannot be served: {}", options.model(), e.getMessage());
            outbox.send(new FromWorker.LoadFailed(String.valueOf(e.getMessage())));
            return EXIT_MODEL;
        }
        read(channel, jobs);
        return EXIT_END_OF_SOCKET;
    }

    private static void read(SocketChannel channel, BlockingQueue<ToWorker> jobs) throws IOException {
        Frames frames = new Frames(Wire.MAX_TO_WORKER);
        int got;
        do {
            got = frames.readFrom(into -> readOrEnd(channel, into), frame -> put(jobs, Wire.toWorker(frame)));
        } while (got >= 0);
    }

    /**
     * Reads; an agent that closed the socket before it had read our last heartbeat shows as a reset (unix(7): unread
     * bytes), which is as good an end as any other.
     */
    private static int readOrEnd(SocketChannel channel, ByteBuffer into) {
        try {
            return channel.read(into);
        } catch (IOException e) {
            LOG.info("the agent closed the socket: {}", e.toString());
            return END_OF_SOCKET;
        }
    }

    private static void put(BlockingQueue<ToWorker> jobs, ToWorker job) throws IOException {
        try {
            jobs.put(job);
        } catch (InterruptedException e) {
            throw new InterruptedIOException("interrupted while a job waited");
        }
    }

    /** Whether it can be told again. */
    private static boolean beat(Outbox outbox, AtomicLong jobsDone, KeptDecoders kept) {
        try {
            outbox.send(new FromWorker.Heartbeat(OwnProcess.rssBytes(), jobsDone.get()));
            kept.closeRested(System.nanoTime());
            return true;
        } catch (IOException e) {
            LOG.info("heartbeat ends: {}", e.toString());
            return false;
        }
    }
}
