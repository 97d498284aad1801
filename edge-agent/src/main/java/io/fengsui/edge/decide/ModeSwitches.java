package io.fengsui.edge.decide;

import io.fengsui.edge.decide.event.Slot.StateChange;
import io.fengsui.rules.timing.Modes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/** Switches of modes as they are kept for a restart. */
final class ModeSwitches {
    private static final String PREFIX = "mode/";
    private static final int LENGTH = Long.BYTES + 1;

    private ModeSwitches() {}

    record Kept(String mode, Modes.Switch switched) {}

    static StateChange change(String mode, Modes.Switch switched) {
        byte[] value = ByteBuffer.allocate(LENGTH)
                .put((byte) (switched.isOn() ? 1 : 0))
                .putLong(switched.until().toEpochMilli())
                .array();
        return new StateChange(PREFIX + mode, value);
    }

    static StateChange forget(String mode) {
        return new StateChange(PREFIX + mode, new byte[0]);
    }

    static boolean isOne(StateChange change) {
        return change.key().startsWith(PREFIX);
    }

    static Optional<Kept> read(StateChange change) {
        if (!isOne(change) || change.value().length != LENGTH) {
            return Optional.empty();
        }
        ByteBuffer value = ByteBuffer.wrap(change.value());
        boolean isOn = value.get() != 0;
        Instant until = Instant.ofEpochMilli(value.getLong());
        return Optional.of(new Kept(change.key().substring(PREFIX.length()), new Modes.Switch(isOn, until)));
    }
}
