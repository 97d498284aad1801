package io.fengsui.edge.profile.sparkplug;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A payload (Sparkplug 3.0 chapter 6). Data sets, templates, properties and bytes are passed over.
 *
 * @param seq 0 to 255; {@link #NONE} where there is none
 */
public record SparkplugPayload(long timestamp, long seq, List<Metric> metrics) {
    /** Where a number is absent. */
    public static final long NONE = -1;

    /** Most metrics of one payload. */
    public static final int MAX_METRICS = 10_000;

    private static final int MAX_NAME = 256;

    public SparkplugPayload {
        metrics = List.copyOf(metrics);
    }

    /**
     * One value.
     *
     * @param name empty where only the alias stands
     * @param value Boolean, Long, Double or String; null for none
     */
    public record Metric(
            String name,
            long alias,
            long timestamp,
            @Nullable Object value,
            boolean isHistorical) {
        Metric named(String itsName) {
            return new Metric(itsName, alias, timestamp, value, isHistorical);
        }
    }

    /** @throws IOException when it is not such a payload */
    public static SparkplugPayload decode(byte[] bytes) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        in.setRecursionLimit(20);
        long timestamp = NONE;
        long seq = NONE;
        List<Metric> metrics = new ArrayList<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> timestamp = in.readUInt64();
                case 2 -> {
                    if (metrics.size() >= MAX_METRICS) {
                        throw new IOException("more than " + MAX_METRICS + " metrics");
                    }
                    metrics.add(metric(in));
                }
                case 3 -> seq = in.readUInt64();
                default -> in.skipField(tag);
            }
        }
        return new SparkplugPayload(timestamp, seq, metrics);
    }

    /** What a metric holds while it is read; the data type comes before or after the value. */
    private static final class Draft {
        private String name = "";
        private long alias = NONE;
        private long timestamp = NONE;
        private int type;
        private boolean isHistorical;
        private IntFunction<@Nullable Object> value = _ -> null;
    }

    private static Metric metric(CodedInputStream in) throws IOException {
        int end = in.pushLimit(in.readRawVarint32());
        Draft draft = new Draft();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            field(in, tag, draft);
        }
        in.popLimit(end);
        Object value = draft.value.apply(draft.type);
        return new Metric(draft.name, draft.alias, draft.timestamp, value, draft.isHistorical);
    }

    private static void field(CodedInputStream in, int tag, Draft draft) throws IOException {
        switch (WireFormat.getTagFieldNumber(tag)) {
            case 1 -> {
                String name = in.readStringRequireUtf8();
                if (name.length() > MAX_NAME) {
                    throw new IOException("a metric's name is longer than " + MAX_NAME);
                }
                draft.name = name;
            }
            case 2 -> draft.alias = in.readUInt64();
            case 3 -> draft.timestamp = in.readUInt64();
            case 4 -> draft.type = in.readUInt32();
            case 5 -> draft.isHistorical = in.readBool();
            case 10 -> {
                int raw = in.readUInt32();
                draft.value = type -> signed(type, raw);
            }
            case 11 -> {
                long raw = in.readUInt64();
                draft.value = _ -> raw;
            }
            case 12 -> {
                double raw = in.readFloat();
                draft.value = _ -> raw;
            }
            case 13 -> {
                double raw = in.readDouble();
                draft.value = _ -> raw;
            }
            case 14 -> {
                boolean raw = in.readBool();
                draft.value = _ -> raw;
            }
            case 15 -> {
                String raw = in.readStringRequireUtf8();
                draft.value = _ -> raw;
            }
            default -> in.skipField(tag);
        }
    }

    /** Signed types travel in an unsigned field as two's complement: Int8 is 1, Int16 is 2, Int32 is 3. */
    private static Object signed(int type, int raw) {
        return switch (type) {
            case 1 -> (long) (byte) raw;
            case 2 -> (long) (short) raw;
            case 3 -> (long) raw;
            default -> Integer.toUnsignedLong(raw);
        };
    }

    /** Asks an edge node to say again all that it has: {@code Node Control/Rebirth} is true. */
    public static byte[] rebirth(long timestamp) {
        try {
            ByteArrayOutputStream metricBytes = new ByteArrayOutputStream();
            CodedOutputStream metric = CodedOutputStream.newInstance(metricBytes);
            metric.writeString(1, "Node Control/Rebirth");
            metric.writeUInt64(3, timestamp);
            metric.writeUInt32(4, 11);
            metric.writeBool(14, true);
            metric.flush();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            CodedOutputStream payload = CodedOutputStream.newInstance(bytes);
            payload.writeUInt64(1, timestamp);
            payload.writeByteArray(2, metricBytes.toByteArray());
            payload.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
