package io.fengsui.edge.rtp;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.MalformedBitstreamException;
import io.fengsui.edge.bitstream.NalUnit;
import io.fengsui.edge.bitstream.ParameterSets;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Numbers access units: a generation starts at the first keyframe of a session and at the first keyframe after its
 * parameter sets changed, and all within it is decoded with the same parameter sets. Pictures that cannot be decoded,
 * because no keyframe of their generation came before them, are counted and not handed on.
 *
 * <p>Event loop of the stream only.
 */
final class GenerationTracker {
    private final StreamCounters counters;
    private final LongSupplier generations;
    private final Consumer<AccessUnit> sink;
    private final TimestampUnwrapper timestamps;
    private ParameterSets sets;
    private boolean awaitsGeneration = true;
    private long generation;
    private long nextIndex;

    /** @param generations gives a number never given before for this camera */
    GenerationTracker(
            StreamCounters counters,
            LongSupplier generations,
            ParameterSets sets,
            int clockRate,
            Consumer<AccessUnit> sink) {
        this.counters = counters;
        this.generations = generations;
        this.sets = sets;
        this.sink = sink;
        this.timestamps = new TimestampUnwrapper(counters, clockRate);
    }

    ParameterSets parameterSets() {
        return sets;
    }

    void onParameterSet(NalUnit unit) throws MalformedBitstreamException {
        ParameterSets changed = sets.with(unit);
        if (changed != sets) {
            sets = changed;
            awaitsGeneration = true;
        }
    }

    /** Pictures may be missing that nobody saw: leaves a step. */
    void onLoss() {
        nextIndex++;
    }

    void onBroken() {
        nextIndex++;
    }

    void onPicture(PictureFacts picture, UnitBuffer buffer) {
        long timestamp = timestamps.unwrap(picture.timestamp);
        boolean isKeyframe = picture.isKeyframe();
        if (!sets.isComplete() || (awaitsGeneration && !isKeyframe)) {
            counters.count(StreamProblem.UNDECODABLE_ACCESS_UNIT);
            nextIndex++;
            return;
        }
        int prefix = isKeyframe ? sets.annexBLength() : 0;
        if (prefix + buffer.keptLength() > AccessUnit.MAX_BYTES) {
            counters.count(StreamProblem.OVERSIZED_ACCESS_UNIT);
            nextIndex++;
            return;
        }
        if (awaitsGeneration) {
            awaitsGeneration = false;
            generation = generations.getAsLong();
            nextIndex = 0;
        }
        byte[] annexB = new byte[prefix + buffer.keptLength()];
        if (isKeyframe) {
            sets.putAnnexB(annexB, 0);
        }
        buffer.copyKept(annexB, prefix);
        counters.accessUnit(isKeyframe);
        sink.accept(new AccessUnit(
                sets.codec(),
                annexB,
                isKeyframe,
                picture.isReference(),
                timestamp,
                picture.arrivalNanos,
                generation,
                nextIndex++));
    }
}
