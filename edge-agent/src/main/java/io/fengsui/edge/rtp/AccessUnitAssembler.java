package io.fengsui.edge.rtp;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.AnnexB;
import io.fengsui.edge.bitstream.MalformedBitstreamException;
import io.fengsui.edge.bitstream.NalUnit;
import java.util.List;

/**
 * Puts NAL units together to access units. One ends with the marker bit, with the first unit of another timestamp, or
 * with a unit that can only start the next, whichever comes first, and never without a slice:
 * cameras set the marker on SEI, forget it, set it on every slice, or change the timestamp midway.
 *
 * <p>Each access unit comes out whole, in decode order, once; or it is counted and thrown away, which leaves a step in
 * {@link AccessUnit#index()}. Memory is bounded by {@link AccessUnit#MAX_BYTES}. Event loop of the stream only.
 */
final class AccessUnitAssembler {
    private final StreamCounters counters;
    private final UnitSyntax syntax;
    private final GenerationTracker generations;
    private final UnitBuffer buffer = new UnitBuffer();

    private long packetTimestamp;
    private long packetNanos;
    private boolean timestampChanged;

    private PictureFacts picture = new PictureFacts();
    private long lastEndedTimestamp = -1;
    private boolean believesMarker = true;

    AccessUnitAssembler(StreamCounters counters, UnitSyntax syntax, GenerationTracker generations) {
        this.counters = counters;
        this.syntax = syntax;
        this.generations = generations;
    }

    /** The time of the packet whose units follow. */
    void onTime(long timestamp, long arrivalNanos) {
        timestampChanged |= timestamp != packetTimestamp;
        packetTimestamp = timestamp;
        packetNanos = arrivalNanos;
    }

    /** Packets are missing here: what is being put together is not whole, and something may be gone altogether. */
    void onLoss() {
        if (picture.hasBegun()) {
            picture.isBroken = true;
        }
        lastEndedTimestamp = -1;
        generations.onLoss();
    }

    /** A part of the access unit that this packet belongs to cannot be had. */
    void onMissingPart() {
        endIfTimestampChanged();
        begin();
        picture.isBroken = true;
    }

    void onMarker() {
        if (picture.hasSlice && believesMarker) {
            end();
            lastEndedTimestamp = packetTimestamp;
        } else if (picture.isBroken && !picture.hasSlice) {
            end();
        }
    }

    void onUnit(byte[] bytes, int offset, int length) {
        buffer.beginUnit();
        buffer.append(bytes, offset, length);
        endUnit();
    }

    void beginUnit(byte header) {
        buffer.beginUnit();
        buffer.append(header);
    }

    void append(byte[] bytes, int offset, int length) {
        buffer.append(bytes, offset, length);
    }

    void abandonUnit() {
        if (buffer.isOverflown()) {
            onOverflow();
        } else {
            buffer.dropUnit();
            onMissingPart();
        }
    }

    private void onOverflow() {
        buffer.dropAll();
        onMissingPart();
        picture.isOversized = true;
    }

    /** The unit begun is complete. Start codes inside it mean that the camera packed a byte stream. */
    void endUnit() {
        if (buffer.isOverflown()) {
            onOverflow();
            return;
        }
        if (buffer.unitHasStartCode()) {
            List<byte[]> parts = AnnexB.split(buffer.bytes(), buffer.unitOffset(), buffer.unitLength()).stream()
                    .map(NalUnit::copy)
                    .toList();
            buffer.dropUnit();
            for (byte[] part : parts) {
                buffer.beginUnit();
                buffer.append(part, 0, part.length);
                if (buffer.isOverflown()) {
                    // A start code that had three bytes has four here.
                    onOverflow();
                    return;
                }
                accept(buffer.unit());
            }
        } else {
            accept(buffer.unit());
        }
    }

    private void accept(NalUnit unit) {
        switch (syntax.kind(unit)) {
            case SLICE -> acceptSlice(unit);
            case PARAMETER_SET -> {
                endBeforeUnit();
                acceptParameterSet(buffer.unit());
            }
            case DELIMITER -> {
                endBeforeUnit();
                buffer.dropUnit();
            }
            case LEADING -> {
                endBeforeUnit();
                acceptOther();
            }
            case FOLLOWING -> {
                endIfTimestampChanged();
                acceptOther();
            }
            case USELESS -> buffer.dropUnit();
            case UNKNOWN -> {
                counters.count(StreamProblem.UNKNOWN_NAL_UNIT);
                buffer.dropUnit();
            }
        }
    }

    private void acceptOther() {
        begin();
        if (syntax.isRecoveryPoint(buffer.unit())) {
            picture.onRecoveryPoint();
        }
        buffer.keepUnit();
    }

    private void acceptParameterSet(NalUnit unit) {
        try {
            generations.onParameterSet(unit);
        } catch (MalformedBitstreamException e) {
            counters.count(StreamProblem.BAD_PARAMETER_SET);
        }
        buffer.dropUnit();
    }

    private void acceptSlice(NalUnit unit) {
        UnitSyntax.Slice slice;
        try {
            slice = syntax.slice(unit);
        } catch (MalformedBitstreamException e) {
            counters.count(StreamProblem.BAD_SLICE);
            buffer.dropUnit();
            onMissingPart();
            return;
        }
        if ((picture.hasSlice && slice.startsPicture()) || (picture.isBroken && timestampChanged)) {
            end();
        } else if (picture.hasSlice && timestampChanged) {
            counters.count(StreamProblem.TIMESTAMP_GLITCH);
        }
        begin();
        if (!picture.hasSlice && !slice.startsPicture()) {
            onHeadlessPicture();
        }
        picture.onSlice(slice);
        buffer.keepUnit();
    }

    /** A picture that does not begin with its first macroblock lost its head, or the marker cut it in two. */
    private void onHeadlessPicture() {
        picture.isBroken = true;
        if (believesMarker && packetTimestamp == lastEndedTimestamp) {
            believesMarker = false;
            counters.count(StreamProblem.FALSE_MARKER);
        }
    }

    private void begin() {
        timestampChanged = false;
        if (!picture.hasSlice) {
            picture.timestamp = packetTimestamp;
        }
        if (!picture.hasBegun()) {
            picture.begin(packetTimestamp, packetNanos);
        }
    }

    /** The unit at hand can only belong to the next access unit, if this one has a slice. */
    private void endBeforeUnit() {
        if (picture.hasSlice || (picture.isBroken && timestampChanged)) {
            end();
        }
    }

    private void endIfTimestampChanged() {
        if (timestampChanged && (picture.hasSlice || picture.isBroken)) {
            end();
        }
    }

    private void end() {
        PictureFacts ended = picture;
        picture = new PictureFacts();
        if (ended.isBroken) {
            counters.count(ended.isOversized ? StreamProblem.OVERSIZED_ACCESS_UNIT : StreamProblem.BROKEN_ACCESS_UNIT);
            generations.onBroken();
        } else {
            generations.onPicture(ended, buffer);
        }
        buffer.dropKept();
    }
}
