package io.fengsui.edge.vision.pool;

import io.fengsui.edge.vision.VisionSettings;
import io.fengsui.runtime.RoleThreads;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One child process, the socket that it connects to, and its log. Confined to {@code vision-io}, but for its log's thread. */
final class WorkerProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("io.fengsui.edge.vision.worker");

    /** sockaddr_un.sun_path of Linux is 108 bytes with the ending zero (unix(7)). */
    private static final int MAX_SOCKET_PATH = 107;

    /** A status above this is a signal. */
    private static final int SIGNAL = 128;

    private static final int MAX_LOG_LINES = 200;
    private static final int MAX_LOG_CHARACTERS = 500;

    private final RunFolder run;
    private final Path socket;
    private final ServerSocketChannel door;
    private final Process process;

    private WorkerProcess(RunFolder run, Path socket, ServerSocketChannel door, Process process) {
        this.run = run;
        this.socket = socket;
        this.door = door;
        this.process = process;
    }

    static WorkerProcess start(int number, VisionSettings settings) throws IOException {
        RunFolder run = RunFolder.choose(settings.folders().run().toAbsolutePath());
        try {
            return start(number, settings, run);
        } catch (IOException | RuntimeException e) {
            run.leave();
            throw e;
        }
    }

    private static WorkerProcess start(int number, VisionSettings settings, RunFolder run) throws IOException {
        if (!run.isTemporary()) {
            Files.createDirectories(settings.folders().nativeLibraries());
        }
        Path scratch = run.path().resolve("vision-" + number);
        empty(scratch);
        Path socket = run.path().resolve("vision-" + number + ".sock");
        int length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_SOCKET_PATH) {
            throw new IOException("the socket's path " + socket + " has " + length + " bytes, more than "
                    + MAX_SOCKET_PATH + ": choose a shorter data folder");
        }
        Files.deleteIfExists(socket);
        ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            door.bind(UnixDomainSocketAddress.of(socket), 1);
            door.configureBlocking(false);
            WorkerCommand command = WorkerCommand.of(settings, socket, scratch);
            ProcessBuilder builder = new ProcessBuilder(command.words()).redirectErrorStream(true);
            builder.environment().clear();
            builder.environment().putAll(command.environment());
            Process process = builder.start();
            process.getOutputStream().close();
            RoleThreads.named("vision-log-" + number, () -> copyLog(number, process))
                    .start();
            return new WorkerProcess(run, socket, door, process);
        } catch (IOException | RuntimeException e) {
            door.close();
            throw e;
        }
    }

    /** What a killed worker left behind: unpacked libraries, a crash log. */
    private static void empty(Path scratch) throws IOException {
        RunFolder.remove(scratch);
        Files.createDirectories(scratch);
    }

    private static void copyLog(int number, Process process) {
        StringBuilder line = new StringBuilder();
        int lines = 0;
        try (InputStream in = process.getInputStream()) {
            byte[] buffer = new byte[4096];
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                for (int i = 0; i < got; i++) {
                    if (buffer[i] != '\n') {
                        if (line.length() < MAX_LOG_CHARACTERS) {
                            line.append((char) (buffer[i] & 0x7f));
                        }
                    } else {
                        if (lines++ < MAX_LOG_LINES && !line.isEmpty()) {
                            LOG.info("vision worker={} says: {}", number, line);
                        }
                        line.setLength(0);
                    }
                }
            }
        } catch (IOException e) {
            LOG.debug("log of vision worker={} ended", number, e);
        }
    }

    ServerSocketChannel door() {
        return door;
    }

    long pid() {
        return process.pid();
    }

    /** Runs something once the process has ended, on a thread of the JDK. */
    void onExit(Runnable then) {
        process.onExit().thenRun(then);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether somebody has stopped it (SIGSTOP); where the system does not tell, it counts as running (proc(5)). */
    boolean isStopped() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return stat.startsWith(" T", stat.lastIndexOf(')') + 1);
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether it ended by a signal that others send (signal(7)): HUP, INT, KILL, TERM. */
    boolean wasKilled() {
        if (process.isAlive()) {
            return false;
        }
        return switch (process.exitValue() - SIGNAL) {
            case 1, 2, 9, 15 -> true;
            default -> false;
        };
    }

    /** How it ended, for people. */
    String exit() {
        if (process.isAlive()) {
            return "still running";
        }
        int status = process.exitValue();
        return status > SIGNAL ? "killed by signal " + (status - SIGNAL) : "exit status " + status;
    }

    /** Waits for the end of a process that closed its socket. */
    void awaitExit(long millis) {
        try {
            process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the process for certain. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        door.close();
        Files.deleteIfExists(socket);
        run.leave();
    }
}
