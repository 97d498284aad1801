package io.fengsui.rules;

import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.rules.RuleState.LevelState;
import io.fengsui.rules.RuleState.StillState;
import io.fengsui.rules.RuleState.StillState.Anchor;
import io.fengsui.rules.RuleState.ZoneState;
import io.fengsui.rules.geometry.Point;
import io.fengsui.rules.series.Series;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rule states as bytes: a version, the rule's fingerprint, the state. Bytes that are not understood (another version, cut
 * short, foreign) give an empty answer, never an exception.
 */
public final class StateCodec {
    private static final int VERSION = 2;
    private static final int ZONE = 1;
    private static final int STILL = 2;
    private static final int LEVEL = 3;
    private static final int LINE = 4;
    private static final int JOINT = 5;

    private StateCodec() {}

    /** A state as stored, and the rule that it was of. */
    public record Stored(String fingerprint, RuleState state) {}

    public static byte[] encode(String fingerprint, RuleState state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(fingerprint);
            switch (state) {
                case ZoneState z -> write(out, z);
                case StillState s -> write(out, s);
                case LevelState l -> write(out, l);
                case LineState l -> write(out, l);
                case JointState j -> write(out, j);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static Optional<Stored> decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readUnsignedByte() != VERSION) {
                return Optional.empty();
            }
            String fingerprint = in.readUTF();
            Optional<RuleState> state = switch (in.readUnsignedByte()) {
                case ZONE -> Optional.of(zone(in));
                case STILL -> Optional.of(still(in));
                case LEVEL -> Optional.of(level(in));
                case LINE -> Optional.of(line(in));
                case JOINT -> Optional.of(joint(in));
                default -> Optional.empty();
            };
            return in.read() >= 0 ? Optional.empty() : state.map(s -> new Stored(fingerprint, s));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static void write(DataOutputStream out, ZoneState z) throws IOException {
        out.writeByte(ZONE);
        write(out, z.last());
        out.writeLong(z.since());
        out.writeInt(z.hits());
        out.writeBoolean(z.isBelieved());
        out.writeLong(z.absentSince());
        out.writeInt(z.misses());
        out.writeLong(z.intervalNanos());
        out.writeLong(z.unwatchedNanos());
        out.writeBoolean(z.isOpen());
        out.writeLong(z.toldAt());
    }

    private static RuleState zone(DataInputStream in) throws IOException {
        return new ZoneState(
                moment(in),
                in.readLong(),
                in.readInt(),
                in.readBoolean(),
                in.readLong(),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readBoolean(),
                in.readLong());
    }

    private static void write(DataOutputStream out, StillState s) throws IOException {
        out.writeByte(STILL);
        write(out, s.last());
        out.writeLong(s.intervalNanos());
        out.writeBoolean(s.isOpen());
        out.writeLong(s.toldAt());
        out.writeShort(s.anchors().size());
        for (Anchor a : s.anchors()) {
            out.writeLong(a.track());
            out.writeDouble(a.x());
            out.writeDouble(a.y());
            out.writeDouble(a.size());
            out.writeLong(a.since());
            out.writeInt(a.hits());
            out.writeLong(a.absentSince());
        }
    }

    private static RuleState still(DataInputStream in) throws IOException {
        Moment last = moment(in);
        long interval = in.readLong();
        boolean isOpen = in.readBoolean();
        long toldAt = in.readLong();
        int count = in.readUnsignedShort();
        List<Anchor> anchors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            anchors.add(new Anchor(
                    in.readLong(),
                    in.readDouble(),
                    in.readDouble(),
                    in.readDouble(),
                    in.readLong(),
                    in.readInt(),
                    in.readLong()));
        }
        return new StillState(last, interval, anchors, isOpen, toldAt);
    }

    private static void write(DataOutputStream out, LineState l) throws IOException {
        out.writeByte(LINE);
        write(out, l.last());
        out.writeLong(l.toldAt());
        out.writeInt(l.untold());
        out.writeShort(l.traces().size());
        for (LineState.Trace t : l.traces()) {
            out.writeLong(t.track());
            out.writeByte(t.side());
            out.writeDouble(t.clear().x());
            out.writeDouble(t.clear().y());
            out.writeDouble(t.foot().x());
            out.writeDouble(t.foot().y());
            out.writeDouble(t.size());
            out.writeLong(t.atNanos());
        }
    }

    private static RuleState line(DataInputStream in) throws IOException {
        Moment last = moment(in);
        long toldAt = in.readLong();
        int untold = in.readInt();
        int count = in.readUnsignedShort();
        List<LineState.Trace> traces = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            traces.add(new LineState.Trace(
                    in.readLong(), in.readByte(), point(in), point(in), in.readDouble(), in.readLong()));
        }
        return new LineState(last, traces, toldAt, untold);
    }

    private static Point point(DataInputStream in) throws IOException {
        return new Point(in.readDouble(), in.readDouble());
    }

    private static void write(DataOutputStream out, JointState j) throws IOException {
        out.writeByte(JOINT);
        write(out, j.last());
        out.writeBoolean(j.isOpen());
        out.writeLong(j.toldAt());
        out.writeByte(j.voices().size());
        for (JointState.Voice voice : j.voices()) {
            out.writeBoolean(voice.isFound());
            out.writeLong(voice.begunAt());
        }
    }

    private static RuleState joint(DataInputStream in) throws IOException {
        Moment last = moment(in);
        boolean isOpen = in.readBoolean();
        long toldAt = in.readLong();
        int count = in.readUnsignedByte();
        List<JointState.Voice> voices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            voices.add(new JointState.Voice(in.readBoolean(), in.readLong()));
        }
        return new JointState(last, voices, isOpen, toldAt);
    }

    private static void write(DataOutputStream out, LevelState l) throws IOException {
        out.writeByte(LEVEL);
        write(out, l.last());
        out.writeBoolean(l.hasValue());
        out.writeDouble(l.value());
        out.writeLong(l.pendingSince());
        out.writeBoolean(l.isOpen());
        out.writeByte(l.step());
        out.writeLong(l.activeAt());
        out.writeLong(l.toldAt());
        LevelState.Trail trail = l.trail();
        out.writeDouble(trail.level());
        out.writeLong(trail.quietSince());
        out.writeByte(trail.series().points().size());
        for (Series.Point point : trail.series().points()) {
            out.writeLong(point.nanos());
            out.writeDouble(point.value());
        }
        out.writeByte(trail.hits().size());
        for (long hit : trail.hits()) {
            out.writeLong(hit);
        }
    }

    private static LevelState.Trail trail(DataInputStream in) throws IOException {
        double level = in.readDouble();
        long quietSince = in.readLong();
        List<Series.Point> points = new ArrayList<>();
        for (int left = in.readUnsignedByte(); left > 0; left--) {
            points.add(new Series.Point(in.readLong(), in.readDouble()));
        }
        List<Long> hits = new ArrayList<>();
        for (int left = in.readUnsignedByte(); left > 0; left--) {
            hits.add(in.readLong());
        }
        return new LevelState.Trail(level, new Series(points), quietSince, hits);
    }

    private static RuleState level(DataInputStream in) throws IOException {
        return new LevelState(
                moment(in),
                in.readBoolean(),
                in.readDouble(),
                in.readLong(),
                in.readBoolean(),
                in.readUnsignedByte(),
                in.readLong(),
                in.readLong(),
                trail(in));
    }

    private static void write(DataOutputStream out, Moment m) throws IOException {
        out.writeUTF(m.wall().toString());
        out.writeUTF(m.quality().name());
        out.writeUTF(m.bootId());
        out.writeLong(m.steadyNanos());
    }

    private static Moment moment(DataInputStream in) throws IOException {
        Instant wall = Instant.parse(in.readUTF());
        ClockQuality quality = ClockQuality.valueOf(in.readUTF());
        return new Moment(wall, quality, in.readUTF(), in.readLong());
    }
}
