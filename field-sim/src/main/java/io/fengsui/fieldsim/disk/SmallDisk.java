package io.fengsui.fieldsim.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A small file system of its own, mounted in a folder; needs the right to mount. Thread-safe as far as file systems are. */
public final class SmallDisk implements AutoCloseable {
    /** Which file system. */
    public enum Kind {
        TMPFS,
        EXT4
    }

    private final Path folder;
    private final int mebibytes;

    private SmallDisk(Path folder, int mebibytes) throws IOException {
        this.folder = folder;
        this.mebibytes = mebibytes;
        Files.createFile(mark());
    }

    /** In a folder that is made for it. Empty, where mounting is not allowed or tools are missing. */
    public static Optional<SmallDisk> mount(Kind kind, Path folder, int mebibytes)
            throws IOException, InterruptedException {
        Files.createDirectory(folder);
        boolean isMounted = switch (kind) {
            case TMPFS ->
                run(List.of("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString()));
            case EXT4 -> {
                Path image = folder.resolveSibling(folder.getFileName() + ".img");
                yield run(List.of("truncate", "-s", mebibytes + "M", image.toString()))
                        && run(List.of("mkfs.ext4", "-q", "-m", "0", "-F", image.toString()))
                        && run(List.of("mount", "-o", "loop", image.toString(), folder.toString()));
            }
        };
        return isMounted ? Optional.of(new SmallDisk(folder, mebibytes)) : Optional.empty();
    }

    public Path folder() {
        return folder;
    }

    /** Takes nothing any more, or again; whether that could be done. */
    public boolean setReadOnly(boolean isReadOnly) throws InterruptedException {
        return run(List.of("mount", "-o", "remount," + (isReadOnly ? "ro" : "rw"), folder.toString()));
    }

    /** Another process fills what is left, once. */
    public void fill() throws InterruptedException {
        run(List.of("sh", "-c", piece() + "; sync -f '" + folder + "'"));
    }

    /**
     * Another process takes whatever becomes free, until it is ended. It stops by itself when the file system is gone or
     * this process has ended, and never writes more than the file system holds: the disk below must not be filled.
     */
    public Process keepFilling() throws IOException {
        return new ProcessBuilder(
                        "sh",
                        "-c",
                        "while [ -e '" + mark() + "' ] && kill -0 $PPID; do " + piece() + "; sleep 0.01; done")
                .start();
    }

    private String piece() {
        return "[ -e '" + mark() + "' ] && head -c " + mebibytes + "M /dev/zero >> '" + folder
                + "/foreign' 2>/dev/null";
    }

    /** Lies on the mounted file system only. */
    private Path mark() {
        return folder.resolve("mounted");
    }

    /** Ends a process that was filling, and what it started. */
    public static void end(Process foreign) throws InterruptedException {
        List<ProcessHandle> children = foreign.descendants().toList();
        foreign.destroyForcibly().waitFor();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    /** The other process's file is removed. */
    public void clear() throws IOException {
        Files.deleteIfExists(folder.resolve("foreign"));
    }

    private static boolean run(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            run(List.of("umount", "-l", folder.toString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
