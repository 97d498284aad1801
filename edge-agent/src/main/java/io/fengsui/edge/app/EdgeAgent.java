package io.fengsui.edge.app;

import io.fengsui.edge.action.ActionRunner;
import io.fengsui.edge.app.StageMaker.Ground;
import io.fengsui.edge.app.replay.HubReplay;
import io.fengsui.edge.config.AgentSettings;
import io.fengsui.edge.config.CameraEntry;
import io.fengsui.edge.config.ConfigurationStore;
import io.fengsui.edge.config.ConfigurationStore.Loaded;
import io.fengsui.edge.config.ReloadPlan;
import io.fengsui.edge.config.ReloadPlan.Change;
import io.fengsui.edge.decide.Decider;
import io.fengsui.edge.decide.event.Slot.StateChange;
import io.fengsui.edge.decide.outlet.DecisionTap;
import io.fengsui.edge.decide.outlet.EventTap;
import io.fengsui.edge.decide.why.DecisionLog;
import io.fengsui.edge.evidence.EvidenceStage;
import io.fengsui.edge.evidence.LateEvidence;
import io.fengsui.edge.patrol.Patrols;
import io.fengsui.edge.ring.RingSettings;
import io.fengsui.edge.ring.SlotRing;
import io.fengsui.edge.sensor.SensorSubscriber;
import io.fengsui.edge.spool.Checks;
import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.SpoolMeters;
import io.fengsui.edge.spool.SqliteLibrary;
import io.fengsui.edge.spool.read.Restored;
import io.fengsui.edge.uplink.Uplink;
import io.fengsui.edge.uplink.UplinkMeters;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.runtime.CloseStack;
import io.fengsui.runtime.Progress;
import io.fengsui.runtime.RoleThreads;
import io.fengsui.runtime.TimeSource;
import io.fengsui.settings.Problems;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running agent: every stage, downstream started first and stopped last. A failed start takes back what was started.
 * {@link #reload} and the readers are thread-safe.
 */
public final class EdgeAgent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeAgent.class);
    private static final int MAX_WAITING_ORDERS = 16;

    /** The configuration in force, and the hash of its file. */
    public record Configuration(AgentSettings settings, Sha256 hash) {}

    private final CloseStack stack = new CloseStack();
    private final ConfigurationStore store;
    private final Decider decider;
    private final AgentNotices notices;
    private final ActionRunner actions;
    private final SensorSubscriber sensors;
    private final VideoLine video;
    private final BrokerBoard brokers;
    private final Patrols patrols;
    private final Uplink uplink;
    private final StatusReport.Parts parts;
    private final DecisionLog log = new DecisionLog();
    private final AskingDesk asking;
    private volatile Configuration configuration;
    private volatile String refused = "";
    private volatile List<String> needsRestart = List.of();

    /** Starts everything. */
    public static EdgeAgent start(ConfigurationStore store, Configuration configuration, MeterRegistry registry)
            throws IOException {
        return new EdgeAgent(store, configuration, TimeSource.system(), registry);
    }

    private EdgeAgent(ConfigurationStore store, Configuration configuration, TimeSource time, MeterRegistry registry)
            throws IOException {
        this.store = store;
        this.configuration = configuration;
        AgentSettings settings = configuration.settings();
        Ground ground = new Ground(settings, time, new AgentClock(time), new SecureRandom(), registry);
        StageMaker maker = new StageMaker(ground);
        try {
            SqliteLibrary.keepIn(SettingsViews.nativeLibraries(settings));
            Spool spool = stack.push("spool", Spool.openOrWait(SettingsViews.spool(settings), Checks.ASIDE, time));
            SpoolMeters.register(spool, registry);
            spool.tellGapsBy(new LossEvents(SettingsViews.decide(settings), ground.clock(), ground.random()));
            SlotRing ring = stack.push("ring", new SlotRing(RingSettings.DEFAULT, spool, registry, time));
            spool.onWork(ring::nudge);
            spool.onCommit(ring.progress()::made);
            actions = stack.push(
                    "actions", new ActionRunner(time, settings.identity().timeZone(), registry));
            LateEvidence madeLater = new LateEvidence();
            DecisionTap record = maker.recorder(stack);
            EventTap told = event -> {
                spool.decided(event);
                actions.onEvent(event);
            };
            decider = stack.push("decider", maker.decider(ring, madeLater, told, log, record));
            actions.tellTo(decider::onAction);
            notices = new AgentNotices(decider, settings.identity().edge());
            asking = new AskingDesk(decider, log, ground.clock(), () -> this.configuration.settings());
            video = new VideoLine(settings, decider, time, registry, stack);
            EvidenceStage evidence = stack.push("evidence", maker.evidence(video.eyes(), spool, decider));
            madeLater.set(evidence);
            actions.raiseBy(video::raise);
            patrols = stack.push("patrols", maker.patrols(video, decider));
            brokers = new BrokerBoard(decider);
            sensors = stack.push("sensors", maker.sensors(decider, brokers));
            uplink = stack.push("uplink", uplink(ground, spool, evidence));
            spool.tellVolatileTo(uplink.fromMemory());
            stack.push("spool-watch", spool.watch());
            spool.onOpen(uplink::greetAgain);
            spool.onOutage(notices::storage);
            parts = new StatusReport.Parts(video, spool, ring, uplink, brokers);
            startStages(spool, ring, evidence);
        } catch (IOException | RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    private Uplink uplink(Ground ground, Spool spool, EvidenceStage evidence) {
        ThreadPoolExecutor orders = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING_ORDERS), RoleThreads.factory("orders"));
        stack.push("orders", orders::shutdownNow);
        HubReplay replays = stack.push("replay", new HubReplay(store, ground.time()));
        HubOrders downlink = new HubOrders(actions, () -> reload().orElse(""), this::useModel, asking, replays, orders);
        Uplink.Parts ends = new Uplink.Parts(
                new HelloWords(() -> configuration, ground.clock(), video::models),
                spool,
                evidence.files(),
                downlink,
                ground.settings().identity().edge());
        return new Uplink(
                SettingsViews.uplink(ground.settings()),
                ends,
                ground.time(),
                new UplinkMeters(ground.registry(), spool),
                ground.random());
    }

    private void startStages(Spool spool, SlotRing ring, EvidenceStage evidence) {
        Restored restored = spool.restored();
        // Before the ring begins, which may open it: so the words come in their order. That it works only a commit can
        // say.
        if (spool.isShut()) {
            notices.storage(true);
        }
        ring.start();
        actions.start();
        List<StateChange> states = new ArrayList<>();
        restored.ruleStates().forEach((key, value) -> states.add(new StateChange(key, value)));
        List<Event> events = new ArrayList<>(restored.openEvents());
        events.addAll(restored.awaitingPictures());
        decider.restore(states, events);
        // Before anything is decided: what is pending now was promised by an earlier run.
        evidence.start();
        decider.start();
        AgentSettings settings = configuration.settings();
        video.start(settings, stack);
        SettingsViews.apply(settings, patrols);
        patrols.start();
        actions.apply(settings.field().actions(), settings.field().brokers());
        sensors.apply(settings.field().brokers(), settings.field().sensors());
        uplink.start();
        notices.vision(settings.video().vision().isEnabled() ? video.fault() : "");
    }

    /** Tells the hub that the file in force is not the one on disk. */
    public void tellRefused(Problems problems) {
        refused = problems.toString();
        LOG.error("the configuration is refused, the last good one runs on:\n{}", refused);
        notices.refused(refused);
    }

    /** Reads the file again. Answers what is wrong with it; empty when it is in force now. */
    synchronized Optional<String> reload() {
        return switch (store.load()) {
            case Loaded.Accepted accepted -> {
                apply(new Configuration(accepted.settings(), accepted.hash()));
                yield Optional.empty();
            }
            case Loaded.FellBack fellBack -> {
                tellRefused(fellBack.problems());
                yield Optional.of(refused);
            }
            case Loaded.Refused refusal -> {
                tellRefused(refusal.problems());
                yield Optional.of(refused);
            }
        };
    }

    /** Takes another model into use; answers what is wrong, or nothing. */
    String useModel(String wanted) {
        try {
            video.useModel(wanted);
            uplink.greetAgain();
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "the agent is stopping";
        }
    }

    private void apply(Configuration next) {
        AgentSettings after = next.settings();
        ReloadPlan plan = ReloadPlan.between(configuration.settings(), after);
        configuration = next;
        needsRestart = plan.needsRestart();
        notices.accepted();
        refused = "";
        if (plan.isDecisionChange()) {
            decider.reconfigure(SettingsViews.decide(after), SettingsViews.rules(after));
        }
        if (!plan.cameras().isEmpty()) {
            video.apply(after);
            plan.cameras().forEach(change -> {
                switch (change) {
                    case Change.Add<CameraEntry> _ -> {}
                    case Change.Replace<CameraEntry> replaced -> video.changed(replaced.id());
                    case Change.Remove<CameraEntry> removed -> video.forget(removed.id());
                }
            });
        }
        SettingsViews.apply(after, patrols);
        if (plan.isFieldChange() || !plan.sensors().isEmpty()) {
            actions.apply(after.field().actions(), after.field().brokers());
            sensors.apply(after.field().brokers(), after.field().sensors());
            brokers.keep(after.field().brokers().stream().map(b -> b.name()).toList());
        }
        if (!plan.cameras().isEmpty() || !plan.sensors().isEmpty()) {
            uplink.greetAgain();
        }
        LOG.info(
                "configuration in force: {} cameras and {} sensors changed, restart needed for {}",
                plan.cameras().size(),
                plan.sensors().size(),
                needsRestart);
    }

    Configuration configuration() {
        return configuration;
    }

    AskingDesk asking() {
        return asking;
    }

    VideoLine video() {
        return video;
    }

    StatusReport.Parts parts() {
        return parts;
    }

    /** Those that alarms depend on. */
    List<Progress> threads() {
        List<Progress> threads =
                new ArrayList<>(List.of(parts.ring().progress(), decider.progress(), actions.progress()));
        threads.addAll(video.threads());
        threads.addAll(sensors.threads());
        return threads;
    }

    /** What is wrong with the file on disk; empty when it is in force. */
    String refused() {
        return refused;
    }

    List<String> needsRestart() {
        return needsRestart;
    }

    @Override
    public void close() {
        stack.close();
    }
}
