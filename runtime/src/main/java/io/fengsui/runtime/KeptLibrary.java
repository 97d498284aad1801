package io.fengsui.runtime;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A native library that is unpacked once, beside the data, under a name that stays. A library that unpacks itself into the
 * folder for temporary files at each start leaves a copy there whenever the process is killed, until a small {@code /tmp} is
 * full. Thread-safe, between processes too.
 */
public final class KeptLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(KeptLibrary.class);

    private KeptLibrary() {}

    /**
     * Puts the library into the folder and names that in a system property, from which the library's loader takes it. Where
     * somebody has set the property already it holds; where it cannot be done this is said, and the loader does as it does. On a
     * disk that takes nothing the file of an earlier start does as well.
     *
     * @param resource of the class's own jar; names the file too
     */
    public static synchronized void keep(Class<?> owner, String resource, Path folder, String property) {
        if (System.getProperty(property) != null) {
            return;
        }
        try {
            place(owner, resource, folder);
            System.setProperty(property, folder.toAbsolutePath().toString());
        } catch (IOException e) {
            if (isThere(owner, resource, folder)) {
                System.setProperty(property, folder.toAbsolutePath().toString());
                return;
            }
            LOG.warn(
                    "a native library cannot be kept in {} and is unpacked into {} at each start: {}",
                    folder,
                    System.getProperty("java.io.tmpdir"),
                    e.toString());
        }
    }

    private static boolean isThere(Class<?> owner, String resource, Path folder) {
        try {
            return holds(file(resource, folder), bytes(owner, resource));
        } catch (IOException e) {
            return false;
        }
    }

    private static Path file(String resource, Path folder) {
        return folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
    }

    /** The file, with just the bytes of this version's resource. */
    static Path place(Class<?> owner, String resource, Path folder) throws IOException {
        byte[] wanted = bytes(owner, resource);
        Path file = file(resource, folder);
        String name = String.valueOf(file.getFileName());
        Files.createDirectories(folder);
        try (FileChannel guard =
                FileChannel.open(folder.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // Until the channel closes.
            FileLock ignored = guard.lock();
            if (!holds(file, wanted)) {
                Path fresh = folder.resolve(name + ".new");
                Files.write(fresh, wanted);
                // A process that runs keeps the file that it has loaded.
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return file;
    }

    private static byte[] bytes(Class<?> owner, String resource) throws IOException {
        try (InputStream in = owner.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException("there is none for this machine, " + resource);
            }
            return in.readAllBytes();
        }
    }

    private static boolean holds(Path file, byte[] wanted) throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) == wanted.length
                && Arrays.equals(Files.readAllBytes(file), wanted);
    }
}
