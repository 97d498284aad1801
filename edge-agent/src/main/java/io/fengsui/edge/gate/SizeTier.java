package io.fengsui.edge.gate;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.gate.luma.LightRegime;
import io.fengsui.edge.gate.size.SizeReader;
import io.fengsui.edge.gate.size.SizeWatch;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The first tier of one camera: a watch over sizes for each light. Confined to the camera's event loop. */
final class SizeTier {
    private final SizeReader reader = new SizeReader();
    private final Map<LightRegime, SizeWatch> watches = new EnumMap<>(LightRegime.class);

    private long gopNanos;
    private boolean isBegun;

    SizeTier() {
        clear();
    }

    /** Another stream. */
    void clear() {
        isBegun = false;
        for (LightRegime each : LightRegime.values()) {
            watches.put(each, new SizeWatch());
        }
    }

    /**
     * One more picture.
     *
     * @param weight how much it is learned from: 0 while something is known to be there
     */
    void observe(AccessUnit unit, LightRegime light, double weight) {
        if (unit.isKeyframe() || !isBegun) {
            gopNanos = unit.arrivalNanos();
            isBegun = true;
        }
        by(light).observe(reader.read(unit), weight);
    }

    /** CRC-32 of the stream's parameter sets, or {@link SizeReader#NO_SETS}. */
    long parameterSets() {
        return reader.parameterSets();
    }

    /** How long the GOP is by now. */
    Duration sinceKeyframe(long now) {
        return Duration.ofNanos(now - gopNanos);
    }

    SizeWatch by(LightRegime light) {
        return Objects.requireNonNull(watches.get(light));
    }
}
