package io.fengsui.protocol.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EvidenceLost;
import io.fengsui.protocol.Reason;
import io.fengsui.protocol.RecordBody;
import io.fengsui.protocol.Tombstone;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.link.RecordBatch;
import io.fengsui.protocol.wire.v1.Record;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bodies of records to the bytes that lie in the spool and in the journal, and batches of records. The same body gives the
 * same bytes. Pure.
 */
public final class WireRecords {
    private static final int SHORT_TEXT = 1024;
    private static final int SHORT_DETAIL = 256;

    private WireRecords() {}

    /**
     * The bytes of a body. An event whose texts would exceed {@link LaneRecord#MAX_BODY_BYTES} is written with its longest
     * attributes and details cut short, since an event that cannot be told is worse.
     */
    public static byte[] encode(RecordBody body) {
        byte[] bytes = bytes(body);
        return bytes.length > LaneRecord.MAX_BODY_BYTES && body instanceof Event event
                ? bytes(shortened(event))
                : bytes;
    }

    /** The body in these bytes; fields of a later version are passed over. */
    public static RecordBody decode(byte[] bytes) throws MalformedMessageException {
        if (bytes.length > LaneRecord.MAX_BODY_BYTES) {
            throw new MalformedMessageException(
                    "body: " + bytes.length + " bytes, more than " + LaneRecord.MAX_BODY_BYTES);
        }
        io.fengsui.protocol.wire.v1.RecordBody message;
        try {
            message = io.fengsui.protocol.wire.v1.RecordBody.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedMessageException("body: not a RecordBody: " + e.getMessage(), e);
        }
        return switch (message.getBodyCase()) {
            case EVENT -> WireEvents.fromMessage(message.getEvent());
            case TOMBSTONE -> WireEvents.fromMessage(message.getTombstone());
            case EVIDENCE_LOST -> WireEvents.fromMessage(message.getEvidenceLost());
            case BODY_NOT_SET -> throw new MalformedMessageException("body: of a kind that this version does not know");
        };
    }

    public static io.fengsui.protocol.wire.v1.RecordBatch toMessage(RecordBatch batch) {
        var message = io.fengsui.protocol.wire.v1.RecordBatch.newBuilder()
                .setLane(WireEnums.toMessage(batch.lane()))
                .setEpoch(batch.epoch());
        batch.records()
                .forEach(record -> message.addRecords(Record.newBuilder()
                        .setSequence(record.sequence())
                        .setBody(ByteString.copyFrom(record.body()))
                        .setPrefixHash(ByteString.copyFrom(record.prefixHash()))));
        return message.build();
    }

    public static RecordBatch fromMessage(io.fengsui.protocol.wire.v1.RecordBatch message)
            throws MalformedMessageException {
        return Fields.in("records", () -> {
            List<LaneRecord> records = Fields.list(
                    "records",
                    message.getRecordsList(),
                    RecordBatch.MAX_RECORDS,
                    r -> new LaneRecord(
                            r.getSequence(),
                            r.getBody().toByteArray(),
                            r.getPrefixHash().toByteArray()));
            return new RecordBatch(WireEnums.lane(message.getLane()), message.getEpoch(), records);
        });
    }

    private static byte[] bytes(RecordBody body) {
        var message = io.fengsui.protocol.wire.v1.RecordBody.newBuilder();
        switch (body) {
            case Event event -> message.setEvent(WireEvents.toMessage(event));
            case Tombstone tombstone -> message.setTombstone(WireEvents.toMessage(tombstone));
            case EvidenceLost lost -> message.setEvidenceLost(WireEvents.toMessage(lost));
        }
        var built = message.build();
        byte[] bytes = new byte[built.getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            built.writeTo(out);
        } catch (IOException e) {
            throw new IllegalStateException("an array of the message's own size holds it", e);
        }
        return bytes;
    }

    private static Event shortened(Event event) {
        Map<String, String> attributes = new TreeMap<>();
        event.attributes().forEach((key, value) -> attributes.put(key, cut(value, SHORT_TEXT)));
        List<Reason> why = event.why().stream()
                .map(reason -> new Reason(reason.stage(), reason.code(), cut(reason.detail(), SHORT_DETAIL)))
                .toList();
        return event.retold(attributes, why);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
