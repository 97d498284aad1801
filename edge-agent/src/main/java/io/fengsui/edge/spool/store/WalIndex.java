package io.fengsui.edge.spool.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Gives every block of SQLite's shared index of the log its place on the disk. SQLite maps that file into memory, and writes
 * one byte a page to be sure of its room; on a file system whose blocks are smaller than a page the rest of the page is a
 * hole, and on a full disk touching it kills the whole process (SIGBUS). Only blocks of zeros are written, as zeros: nobody
 * but the writer, which calls this, changes those.
 */
final class WalIndex {
    /** Four regions: enough for a log of 64 MiB. */
    private static final int BYTES = 128 << 10;

    private static final int BLOCK = 512;

    private WalIndex() {}

    /** Called while no transaction runs. Throws when the disk has no room for it. */
    static void allocate(Path database) throws IOException {
        Path file = database.resolveSibling(database.getFileName() + "-shm");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocate(BLOCK);
            for (long at = 0; at < BYTES; at += BLOCK) {
                block.clear();
                channel.read(block, at);
                if (isZero(block)) {
                    channel.write(ByteBuffer.allocate(BLOCK), at);
                }
            }
        }
    }

    private static boolean isZero(ByteBuffer block) {
        for (int i = 0; i < block.position(); i++) {
            if (block.get(i) != 0) {
                return false;
            }
        }
        return true;
    }
}
