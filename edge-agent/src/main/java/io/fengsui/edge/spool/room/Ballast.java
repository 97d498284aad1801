package io.fengsui.edge.spool.room;

import io.fengsui.edge.spool.store.SpoolSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of no use but its size: SQLite refuses even to delete one row on a full file system, so when others have filled
 * the disk this file is given up, and what becomes free is worked with. It grows back piece by piece while the disk has
 * plenty of room. Confined to {@code ring-spool}.
 */
public final class Ballast {
    private static final Logger LOG = LoggerFactory.getLogger(Ballast.class);
    private static final int PIECE = 1 << 20;
    /** Rebuilt only when this many times its size is free: else it would itself be what fills the disk. */
    private static final long PLENTY = 4;

    private static final long NEXT_TO_NOTHING = 1 << 20;

    private final Path file;
    private final long wanted;
    private long size;
    private long released;

    public Ballast(SpoolSettings settings) {
        this.file = settings.directory().resolve("spool.ballast");
        this.wanted = settings.ballastBytes();
        this.size = sizeOf(file);
    }

    private static long sizeOf(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Bytes that giving it up would free. */
    public long size() {
        return size;
    }

    /** How often it was given up. */
    public long released() {
        return released;
    }

    /** Bytes that the file system has for this process; the most there is when it cannot be told. */
    public long usable() {
        try {
            return Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Whether others have left next to nothing. */
    public boolean isDiskFull() {
        return usable() < Math.max(NEXT_TO_NOTHING, size);
    }

    /** Gives it up, when the disk has less left than it holds. Returns whether room was made. */
    public boolean release() {
        return usable() < size && giveUp();
    }

    /** Gives it up: a write found no room, whatever the file system says of it by now. Returns whether room was made. */
    public boolean giveUp() {
        if (size == 0) {
            return false;
        }
        try {
            Files.deleteIfExists(file);
            LOG.warn("disk is full, the ballast is given up: bytes={} file={}", size, file);
            size = 0;
            released++;
            return true;
        } catch (IOException e) {
            LOG.error("disk is full, and the ballast cannot be removed: file={}", file, e);
            return false;
        }
    }

    /** Adds one piece, when there is plenty of room. */
    public void grow() {
        if (size >= wanted || usable() < PLENTY * wanted) {
            return;
        }
        // Random bytes: a file system that compresses would give nothing back for zeros.
        byte[] piece = new byte[(int) Math.min(PIECE, wanted - size)];
        new Random(size).nextBytes(piece);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer rest = ByteBuffer.wrap(piece);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
            size += piece.length;
        } catch (IOException e) {
            LOG.warn("ballast cannot be written: file={} reason={}", file, e.toString());
            size = sizeOf(file);
        }
    }
}
