package io.fengsui.rules.activity;

import io.fengsui.protocol.value.Moment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What each camera watched in each hour of the last {@value #DAYS} days, and when each of its zones saw each class of object
 * last. Written to disk every few minutes: what lies between the last writing and a crash counts as not watched. Confined.
 */
public final class ActivityBook {
    static final int DAYS = 31;

    private static final byte VERSION = 1;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final Duration WRITE_EVERY = Duration.ofMinutes(5);
    private static final Duration LONGEST_STEP = Duration.ofMinutes(1);
    private static final int MAX_SEEN = 256;

    private final Map<String, CameraBook> cameras = new HashMap<>();

    /** One camera. */
    private static final class CameraBook {
        private final TreeMap<Long, Long> watchedMillis = new TreeMap<>();
        private final RecentSpans recent = new RecentSpans();
        private final Map<String, Long> seenMillis = new HashMap<>();
        private long accountedNanos = Long.MIN_VALUE;
        private double restMillis;
        private long writtenNanos = Long.MIN_VALUE;
    }

    /** Lets time pass: it was watched since the last call, or it was not. */
    public void account(String camera, boolean isWatched, Moment now) {
        CameraBook book = cameras.computeIfAbsent(camera, _ -> new CameraBook());
        long elapsed = book.accountedNanos == Long.MIN_VALUE ? 0 : now.steadyNanos() - book.accountedNanos;
        book.accountedNanos = now.steadyNanos();
        boolean isCounted = isWatched && elapsed > 0 && elapsed <= LONGEST_STEP.toNanos();
        book.recent.account(now.wall().toEpochMilli(), isCounted ? Math.round(elapsed / 1e6) : 0);
        if (!isCounted) {
            return;
        }
        book.restMillis += elapsed / 1e6;
        long whole = (long) book.restMillis;
        book.restMillis -= whole;
        long hour = now.wall().toEpochMilli() / HOUR_MILLIS;
        book.watchedMillis.merge(hour, whole, (a, b) -> Math.min(HOUR_MILLIS, a + b));
        book.watchedMillis.headMap(hour - DAYS * 24L).clear();
    }

    /** An object was there. */
    public void saw(String camera, String zone, String label, Moment at) {
        CameraBook book = cameras.computeIfAbsent(camera, _ -> new CameraBook());
        if (book.seenMillis.size() < MAX_SEEN || book.seenMillis.containsKey(zone + "\n" + label)) {
            book.seenMillis.merge(zone + "\n" + label, at.wall().toEpochMilli(), Math::max);
        }
    }

    /**
     * What this camera can say of a window.
     *
     * @param zone empty for the whole picture
     * @param labels empty for any
     */
    public Activity ask(String camera, String zone, List<String> labels, Instant from, Instant to) {
        CameraBook book = cameras.get(camera);
        if (book == null || !from.isBefore(to)) {
            return new Activity(camera, zone, 0, Optional.empty());
        }
        Optional<Instant> seen = book.seenMillis.entrySet().stream()
                .filter(e -> isOf(e.getKey(), zone, labels))
                .map(e -> Instant.ofEpochMilli(e.getValue()))
                .filter(at -> !at.isBefore(from))
                .max(Instant::compareTo);
        return new Activity(camera, zone, watched(book, from.toEpochMilli(), to.toEpochMilli()), seen);
    }

    private static boolean isOf(String key, String zone, List<String> labels) {
        int at = key.indexOf('\n');
        return key.substring(0, at).equals(zone) && (labels.isEmpty() || labels.contains(key.substring(at + 1)));
    }

    /** To the second as far as that is known; before it each hour has watched the same at all of its times. */
    private static double watched(CameraBook book, long from, long to) {
        long split = Math.clamp(book.recent.since(), from, to);
        double sum = book.recent.watched(split, to);
        for (Map.Entry<Long, Long> hour : book.watchedMillis
                .subMap(from / HOUR_MILLIS, true, split / HOUR_MILLIS, true)
                .entrySet()) {
            long begins = hour.getKey() * HOUR_MILLIS;
            long ends = begins + HOUR_MILLIS;
            long known = Math.clamp(book.recent.since(), begins, ends);
            long overlap = Math.min(split, known) - Math.max(from, begins);
            long before = Math.max(0, hour.getValue() - book.recent.watched(known, ends));
            sum += overlap > 0 ? (double) Math.min(before, known - begins) * overlap / (known - begins) : 0;
        }
        return Math.clamp(sum / (to - from), 0, 1);
    }

    /** What must be written now, by camera. */
    public Map<String, byte[]> changes(Moment now) {
        Map<String, byte[]> changes = new HashMap<>();
        cameras.forEach((camera, book) -> {
            boolean isDue = book.writtenNanos == Long.MIN_VALUE
                    || now.steadyNanos() - book.writtenNanos >= WRITE_EVERY.toNanos();
            if (isDue && !book.watchedMillis.isEmpty()) {
                book.writtenNanos = now.steadyNanos();
                changes.put(camera, encode(book));
            }
        });
        return changes;
    }

    /** Takes over what another book knew, of cameras that there still are. */
    public void carry(ActivityBook before, Set<String> stillThere) {
        before.cameras.forEach((camera, book) -> {
            if (stillThere.contains(camera)) {
                cameras.put(camera, book);
            }
        });
    }

    /** Takes over what was written of a camera; what is not understood is forgotten. */
    public void resume(String camera, byte[] written) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(written))) {
            CameraBook book = new CameraBook();
            if (in.readByte() != VERSION) {
                throw new IOException("another version");
            }
            for (int left = Math.min(in.readInt(), DAYS * 24 + 1); left > 0; left--) {
                book.watchedMillis.put(in.readLong(), (long) in.readInt());
            }
            for (int left = Math.min(in.readInt(), MAX_SEEN); left > 0; left--) {
                book.seenMillis.put(in.readUTF(), in.readLong());
            }
            cameras.put(camera, book);
        } catch (IOException | RuntimeException e) {
            cameras.remove(camera);
        }
    }

    private static byte[] encode(CameraBook book) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(book.watchedMillis.size());
            for (Map.Entry<Long, Long> hour : book.watchedMillis.entrySet()) {
                out.writeLong(hour.getKey());
                out.writeInt((int) (long) hour.getValue());
            }
            out.writeInt(book.seenMillis.size());
            for (Map.Entry<String, Long> seen : book.seenMillis.entrySet()) {
                out.writeUTF(seen.getKey());
                out.writeLong(seen.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
