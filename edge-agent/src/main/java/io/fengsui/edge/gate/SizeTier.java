package io.fengsui.edge.gate;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.gate.luma.LightRegime;
import io.fengsui.edge.gate.size.SizeReader;
import io.fengsui.edge.gate.size.SizeWatch;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The first tier of one camera: a watch over sizes for each light. Confined to the camera's event loop. */
final class SizeTier {
    private final SizeReader reader = new SizeReader();
    private final Map<LightRegime, SizeWatch> watches = new EnumMap<>(LightRegime.class);

    SizeTier() {
        clear();
    }

    /** Another stream. */
    void clear() {
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
        by(light).observe(reader.read(unit), weight);
    }

    SizeWatch by(LightRegime light) {
        return Objects.requireNonNull(watches.get(light));
    }
}
