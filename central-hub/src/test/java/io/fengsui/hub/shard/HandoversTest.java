package io.fengsui.hub.shard;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fengsui.hub.shard.input.HandoverForm;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.runtime.ManualTimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** A shard on a ledger in memory, into which others hand over. */
abstract class HandoversTest {
    static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");

    final MemoryLedger ledger = new MemoryLedger();
    final List<String> taken = new ArrayList<>();
    final ManualTimeSource time = new ManualTimeSource(NOW);
    Shard shard = shard(0, false);

    /** Throws on "bad", at which the first time another one comes in before it, and ends by an error on "error". */
    final class Reading implements Stage {
        private final List<String> fresh = new ArrayList<>();
        private boolean hasThrown;

        @Override
        public void take(Input input, Turn turn) {
            if (input instanceof Input.HandedOver handed) {
                String what = new String(handed.body(), UTF_8);
                if (what.equals("bad")) {
                    if (!hasThrown) {
                        hasThrown = true;
                        ledger.handovers.add(handed(9, "late"));
                    }
                    throw new IllegalStateException("nothing can be made of it");
                }
                if (what.equals("error")) {
                    throw new AssertionError("nothing expects it");
                }
                fresh.add(what);
            } else if (input instanceof Input.TaskTaken(TaskInput.HoldOver(String what))) {
                fresh.add(what);
            }
        }

        @Override
        public List<Input> due(Instant now) {
            boolean isDone = taken.contains("due") || fresh.contains("due");
            return isDone ? List.of() : List.of(new Input.TaskTaken(new TaskInput.HoldOver("due")));
        }

        @Override
        public void write() {
            taken.addAll(fresh);
            fresh.clear();
        }

        @Override
        public void forget() {
            fresh.clear();
        }
    }

    /** Not started yet. */
    final Shard shard(int id, boolean isAlone) {
        return Shard.of(
                id,
                new Shard.Surroundings(ledger, edge -> null, time, Duration.ofSeconds(5), by -> {}, isAlone),
                List.of(new Reading()),
                List.of());
    }

    @AfterEach
    void stop() {
        shard.ring().close();
    }

    static Input.HandedOver handed(long offset, String what) {
        return handed(1, offset, what);
    }

    static Input.HandedOver handed(int by, long offset, String what) {
        return new Input.HandedOver(
                new Input.From(0, by, offset, 0),
                "edge-1",
                HandoverForm.encode(Map.of("what", "test"), what.getBytes(UTF_8)));
    }
}
