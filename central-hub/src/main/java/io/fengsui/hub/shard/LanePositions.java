package io.fengsui.hub.shard;

import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.stage.Rows;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.LanePosition;
import io.fengsui.protocol.value.Sha256;
import java.util.ArrayList;
import java.util.List;

/** Up to where each lane is taken, as the writer sees it. Writer's thread only. */
final class LanePositions {
    private static final int CAPACITY = 20_000;

    private record Key(String edge, String epoch, Lane lane) {}

    private record Held(Key key, LanePosition position) {}

    private final Rows<Key, Held> rows;

    LanePositions(Ledger ledger) {
        rows = new Rows<>(CAPACITY, key -> new Held(key, ledger.position(key.edge, key.epoch, key.lane)));
    }

    LanePosition at(String edge, String epoch, Lane lane) {
        Held held = rows.get(new Key(edge, epoch, lane));
        return held == null ? new LanePosition(lane, 0, Sha256.NONE) : held.position;
    }

    List<LanePosition> of(String edge, String epoch) {
        List<LanePosition> positions = new ArrayList<>();
        for (Lane lane : Lane.values()) {
            positions.add(at(edge, epoch, lane));
        }
        return positions;
    }

    void advance(Input.RecordTaken taken) {
        Key key = new Key(taken.edge(), taken.epoch(), taken.lane());
        Sha256 hash = Sha256.of(taken.content().prefixHash());
        rows.put(
                key,
                new Held(key, new LanePosition(taken.lane(), taken.content().sequence(), hash)));
    }

    void write(Ledger ledger) {
        rows.write(changed -> ledger.advance(changed.stream()
                .map(held -> new Ledger.Advance(held.key.edge, held.key.epoch, held.position))
                .toList()));
    }

    void forget() {
        rows.forget();
    }
}
