package io.fengsui.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Names the run of the kernel that the steady clock belongs to: steady times of two boots are not comparable. */
public final class BootId {
    private static final Path KERNEL = Path.of("/proc/sys/kernel/random/boot_id");

    private BootId() {}

    /** The kernel's boot id; where there is none, a random one, good for this process. */
    public static String current() {
        try {
            return UUID.fromString(Files.readString(KERNEL).strip()).toString();
        } catch (IOException | IllegalArgumentException e) {
            return UUID.randomUUID().toString();
        }
    }
}
