package io.fengsui.edge.record;

import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Quality;
import io.fengsui.protocol.value.Reading;
import io.fengsui.rules.Finding.Change;
import io.fengsui.rules.RuleInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Entries as bytes. Bytes that are not understood give an empty answer, never an exception. */
final class EntryCodec {
    private static final int SEEN = 1;
    private static final int READ = 2;
    private static final int FOUND = 3;
    private static final int MAX_OBJECTS = 1024;

    private EntryCodec() {}

    static byte[] encode(Entry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            switch (entry) {
                case Entry.Seen seen -> write(out, seen);
                case Entry.Read read -> write(out, read);
                case Entry.Found found -> write(out, found);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void head(DataOutputStream out, int type, Instant at) throws IOException {
        out.writeByte(type);
        out.writeLong(at.toEpochMilli());
    }

    private static void write(DataOutputStream out, Entry.Seen seen) throws IOException {
        head(out, SEEN, seen.at());
        out.writeUTF(seen.camera());
        List<Detection> objects = seen.sighting().objects();
        int count = Math.min(objects.size(), MAX_OBJECTS);
        out.writeShort(count);
        for (Detection d : objects.subList(0, count)) {
            out.writeUTF(d.label());
            out.writeFloat(d.confidence());
            out.writeFloat(d.box().left());
            out.writeFloat(d.box().top());
            out.writeFloat(d.box().right());
            out.writeFloat(d.box().bottom());
            out.writeLong(d.track());
            out.writeFloat(seen.sighting()
                    .travelled()
                    .getOrDefault(d.track(), (double) Float.MAX_VALUE)
                    .floatValue());
        }
    }

    private static void write(DataOutputStream out, Entry.Read read) throws IOException {
        head(out, READ, read.at());
        Reading reading = read.reading();
        out.writeUTF(reading.sensor());
        out.writeUTF(reading.quantity());
        out.writeUTF(reading.unit());
        out.writeDouble(reading.value());
        out.writeUTF(reading.quality().name());
        out.writeBoolean(read.isRetained());
    }

    private static void write(DataOutputStream out, Entry.Found found) throws IOException {
        head(out, FOUND, found.at());
        out.writeUTF(found.rule());
        out.writeUTF(found.subject());
        out.writeUTF(found.change().name());
        out.writeUTF(found.severity().name());
    }

    static Optional<Entry> decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int type = in.readUnsignedByte();
            Instant at = Instant.ofEpochMilli(in.readLong());
            return switch (type) {
                case SEEN -> Optional.of(seen(in, at));
                case READ -> Optional.of(read(in, at));
                case FOUND ->
                    Optional.of(new Entry.Found(
                            at,
                            in.readUTF(),
                            in.readUTF(),
                            Change.valueOf(in.readUTF()),
                            Severity.valueOf(in.readUTF())));
                default -> Optional.empty();
            };
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Entry seen(DataInputStream in, Instant at) throws IOException {
        String camera = in.readUTF();
        int count = in.readUnsignedShort();
        List<Detection> objects = new ArrayList<>();
        Map<Long, Double> travelled = new HashMap<>();
        for (int i = 0; i < count; i++) {
            String label = in.readUTF();
            float confidence = in.readFloat();
            Box box = Box.clamped(in.readFloat(), in.readFloat(), in.readFloat(), in.readFloat());
            long track = in.readLong();
            objects.add(new Detection(label, confidence, box, track));
            travelled.put(track, (double) in.readFloat());
        }
        return new Entry.Seen(at, camera, new RuleInput.Sighting(objects, travelled));
    }

    /** Its moment has no steady clock: a replay gives it one. */
    private static Entry read(DataInputStream in, Instant at) throws IOException {
        String sensor = in.readUTF();
        String quantity = in.readUTF();
        String unit = in.readUTF();
        double value = in.readDouble();
        Quality quality = Quality.valueOf(in.readUTF());
        boolean isRetained = in.readBoolean();
        Moment moment = new Moment(at, ClockQuality.SYNCED, "record", 0);
        return new Entry.Read(at, new Reading(sensor, quantity, value, unit, quality, moment), isRetained);
    }
}
