package io.fengsui.edge.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.edge.spool.SpoolFigures;
import io.fengsui.edge.spool.read.SpoolInspection.LaneFigures;
import io.fengsui.edge.spool.room.SpoolStats;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** How the spool is, as JSON: of the running agent, or of the files alone. Pure. */
public final class SpoolReport {
    private SpoolReport() {}

    static ObjectNode of(SpoolStats stats, String epoch) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("agent", "running")
                .put("epoch", epoch)
                .put("open", stats.isOpen())
                .put("healthy", stats.isHealthy());
        for (SpoolStats.LaneStats lane : stats.lanes()) {
            json.putObject(lane.lane().name().toLowerCase(Locale.ROOT))
                    .put("records", lane.depth())
                    .put("bytes", lane.bytes())
                    .put("oldestSeconds", lane.oldestAge().toSeconds());
        }
        SpoolStats.Room room = stats.room();
        json.put("heldSlots", stats.heldSlots())
                .put("roomBytes", room.bytes())
                .put("ballastBytes", room.ballastBytes())
                .put("diskShort", room.isDiskShort())
                .put("bytesInPerSecond", Math.round(room.flow().bytesIn()))
                .put("recordsInPerSecond", rounded(room.flow().recordsIn()))
                .put("recordsAcknowledgedPerSecond", rounded(room.flow().recordsAcknowledged()));
        put(json, "leftHours", stats.timeLeft());
        put(json, "drainHours", stats.timeToDrain());
        SpoolStats.Losses losses = stats.losses();
        json.putObject("sinceStart")
                .put("failures", losses.failures())
                .put("evicted", losses.evicted())
                .put("merged", losses.merged())
                .put("refused", losses.refused())
                .put("damaged", losses.damaged())
                .put("quarantineDropped", losses.quarantineDropped());
        return json;
    }

    /** Of the files, while no agent runs: nothing comes in and nothing goes out. */
    public static ObjectNode of(SpoolFigures figures, Instant now) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("agent", "not running").put("epoch", figures.epoch());
        for (LaneFigures lane : figures.lanes()) {
            long age = lane.oldestWallMillis() == 0
                    ? 0
                    : Math.max(0, now.getEpochSecond() - lane.oldestWallMillis() / 1000);
            json.putObject(lane.lane().name().toLowerCase(Locale.ROOT))
                    .put("records", lane.depth())
                    .put("bytes", lane.bytes())
                    .put("oldestSeconds", age)
                    .put("first", lane.first())
                    .put("last", lane.last())
                    .put("acknowledged", lane.acknowledged());
        }
        return json.put("databaseBytes", figures.databaseBytes())
                .put("freeBytes", figures.freeBytes())
                .put("ballastBytes", figures.ballastBytes())
                .put("quarantined", figures.quarantined())
                .put("damagedKept", figures.damaged())
                .put("lossesNotTold", figures.untold());
    }

    private static void put(ObjectNode json, String name, Optional<Duration> time) {
        if (time.isPresent()) {
            json.put(name, rounded(time.get().toSeconds() / 3600.0));
        } else {
            json.putNull(name);
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
