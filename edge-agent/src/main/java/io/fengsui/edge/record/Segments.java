package io.fengsui.edge.record;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of segments. Each begins with {@link #MAGIC}; then come entries: length, CRC-32C, bytes. A segment that is cut or
 * damaged gives what lies before the damage; the others are not touched by it. The oldest give way to the newest. Writing is
 * confined to {@code record}; reading to its caller.
 */
public final class Segments implements AutoCloseable {
    static final byte[] MAGIC = "FSREC01\n".getBytes(StandardCharsets.US_ASCII);
    static final int MAX_ENTRY = 256 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(Segments.class);
    private static final String PREFIX = "record-";
    private static final String SUFFIX = ".seg";
    private static final int HEADER = 8;
    private static final long BLOCK = 4096;

    private final Path folder;
    private final long maxBytes;
    private final long segmentBytes;
    private @Nullable FileChannel open;
    private long written;

    /** @param maxBytes of all segments; a segment has a sixteenth of it */
    public Segments(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.segmentBytes = Math.max(64 << 10, maxBytes / 16);
    }

    /** Appends an entry; a new segment is begun where the one before is full, or of an earlier run. */
    void append(Instant at, byte[] entry) throws IOException {
        if (entry.length > MAX_ENTRY) {
            throw new IOException("an entry of " + entry.length + " bytes is too large");
        }
        FileChannel channel = open;
        if (channel == null || written >= segmentBytes) {
            channel = begin(at);
        }
        CRC32C crc = new CRC32C();
        crc.update(entry);
        ByteBuffer frame = ByteBuffer.allocate(HEADER + entry.length)
                .putInt(entry.length)
                .putInt((int) crc.getValue())
                .put(entry)
                .flip();
        try {
            writeAll(channel, frame);
            written += frame.capacity();
        } catch (IOException e) {
            cut(channel);
            throw e;
        }
    }

    /** Takes back what was written of an entry, since it would hide what follows it; else nothing follows in this segment. */
    private void cut(FileChannel channel) throws IOException {
        try {
            channel.truncate(written);
            channel.position(written);
        } catch (IOException e) {
            LOG.debug("a segment cannot be shortened: {}", e.toString());
            close();
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private FileChannel begin(Instant at) throws IOException {
        close();
        Files.createDirectories(folder);
        makeRoom();
        long millis = at.toEpochMilli();
        Path file = folder.resolve(PREFIX + String.format(Locale.ROOT, "%015d", millis) + SUFFIX);
        while (Files.exists(file)) {
            file = folder.resolve(PREFIX + String.format(Locale.ROOT, "%015d", ++millis) + SUFFIX);
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        open = channel;
        try {
            writeAll(channel, ByteBuffer.wrap(MAGIC));
        } catch (IOException e) {
            close();
            // A full disk would leave an empty one with each try.
            Files.deleteIfExists(file);
            throw e;
        }
        written = MAGIC.length;
        return channel;
    }

    private void makeRoom() throws IOException {
        List<Path> files = files();
        long sum = 0;
        for (Path file : files) {
            sum += room(file);
        }
        for (Path oldest : files) {
            if (sum + segmentBytes <= maxBytes) {
                return;
            }
            sum -= room(oldest);
            Files.delete(oldest);
        }
    }

    /** What a file takes on the disk, however little it holds: a box that starts again and again begins many. */
    private static long room(Path file) throws IOException {
        return Math.max(BLOCK, Files.size(file));
    }

    /** Oldest first. */
    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().matches("record-[0-9]{15}\\.seg"))
                    .sorted()
                    .toList();
        }
    }

    /** What reading came to. */
    public record Told(long entries, int damaged) {}

    /** Gives every entry from a time on, in the order of writing. */
    public Told read(Instant from, Consumer<Entry> taker) throws IOException {
        long entries = 0;
        int damaged = 0;
        List<Path> files = files();
        for (int i = 0; i < files.size(); i++) {
            boolean isBefore = i + 1 < files.size() && startOf(files.get(i + 1)).isBefore(from);
            if (isBefore) {
                continue;
            }
            long before = entries;
            try (DataInputStream in =
                    new DataInputStream(new BufferedInputStream(Files.newInputStream(files.get(i)), 1 << 16))) {
                entries += readOne(in, from, taker);
            } catch (IOException e) {
                damaged++;
                entries = before;
                LOG.warn("segment={} is damaged: {}", files.get(i).getFileName(), e.getMessage());
            }
        }
        return new Told(entries, damaged);
    }

    private static long readOne(DataInputStream in, Instant from, Consumer<Entry> taker) throws IOException {
        if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
            throw new IOException("it does not begin as a segment does");
        }
        long entries = 0;
        while (true) {
            byte[] header = in.readNBytes(HEADER);
            if (header.length < HEADER) {
                // The one that is being written, or was when the power went.
                return entries;
            }
            ByteBuffer head = ByteBuffer.wrap(header);
            int length = head.getInt();
            int crc = head.getInt();
            if (length < 0 || length > MAX_ENTRY) {
                throw new IOException("an entry of " + length + " bytes");
            }
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                return entries;
            }
            CRC32C check = new CRC32C();
            check.update(bytes);
            if ((int) check.getValue() != crc) {
                throw new IOException("a checksum is wrong after " + entries + " entries");
            }
            Optional<Entry> entry = EntryCodec.decode(bytes).filter(e -> !e.at().isBefore(from));
            entry.ifPresent(taker);
            entries += entry.isPresent() ? 1 : 0;
        }
    }

    private static Instant startOf(Path file) {
        String name = file.getFileName().toString();
        return Instant.ofEpochMilli(Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length())));
    }

    @Override
    public void close() throws IOException {
        FileChannel channel = open;
        open = null;
        if (channel != null) {
            channel.close();
        }
    }
}
