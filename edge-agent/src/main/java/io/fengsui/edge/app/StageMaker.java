package io.fengsui.edge.app;

import io.fengsui.edge.config.AgentSettings;
import io.fengsui.edge.decide.Decider;
import io.fengsui.edge.decide.outlet.DecisionTap;
import io.fengsui.edge.decide.outlet.EventTap;
import io.fengsui.edge.decide.outlet.Outlets;
import io.fengsui.edge.decide.outlet.PictureRequestSink;
import io.fengsui.edge.decide.outlet.SlotSink;
import io.fengsui.edge.decide.why.DecisionLog;
import io.fengsui.edge.evidence.EvidenceMeters;
import io.fengsui.edge.evidence.EvidenceStage;
import io.fengsui.edge.patrol.Patrols;
import io.fengsui.edge.record.Recorder;
import io.fengsui.edge.record.Segments;
import io.fengsui.edge.sensor.SensorMeters;
import io.fengsui.edge.sensor.SensorSubscriber;
import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.track.TrackSettings;
import io.fengsui.edge.vision.SnapshotSource;
import io.fengsui.runtime.CloseStack;
import io.fengsui.runtime.TimeSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.SplittableRandom;

/** Makes stages of the settings at the start; what they are joined to is given. Confined to the starting thread. */
final class StageMaker {
    /** What most stages are made with. */
    record Ground(
            AgentSettings settings, TimeSource time, AgentClock clock, SecureRandom random, MeterRegistry registry) {}

    private final Ground ground;

    StageMaker(Ground ground) {
        this.ground = ground;
    }

    /** The decider asks for pictures of a stage that is made after it; nothing flows before both are there. */
    Decider decider(SlotSink slots, PictureRequestSink pictures, EventTap tap, DecisionLog log, DecisionTap record) {
        Decider decider = new Decider(
                SettingsViews.decide(ground.settings()),
                SettingsViews.rules(ground.settings()),
                TrackSettings.DEFAULT,
                new Outlets(slots, pictures, tap, ground.random(), log, record, AgentClock::threadWork),
                ground.clock());
        decider.bindTo(ground.registry());
        return decider;
    }

    /** Records from now on, where the settings want it. */
    DecisionTap recorder(CloseStack stack) {
        AgentSettings.Storage storage = ground.settings().storage();
        if (storage.maxRecordBytes() == 0) {
            return DecisionTap.NONE;
        }
        Segments segments = new Segments(storage.recordDirectory(), storage.maxRecordBytes());
        Recorder recorder = stack.push("recorder", new Recorder(segments, ground.registry()));
        recorder.start();
        return recorder;
    }

    EvidenceStage evidence(SnapshotSource video, Spool spool, Decider decider) throws IOException {
        return new EvidenceStage(
                SettingsViews.evidence(ground.settings()),
                video,
                spool,
                decider::onPicture,
                new EvidenceMeters(ground.registry()));
    }

    Patrols patrols(VideoLine video, Decider decider) {
        return new Patrols(
                new PatrolSight(video, ground.settings(), ground.time()),
                decider::onRound,
                ground.time(),
                ground.settings().identity().timeZone());
    }

    SensorSubscriber sensors(Decider decider, BrokerBoard brokers) {
        return new SensorSubscriber(
                decider,
                brokers,
                new SensorMeters(ground.registry()),
                ground.clock(),
                () -> new SplittableRandom(ground.random().nextLong()));
    }
}
