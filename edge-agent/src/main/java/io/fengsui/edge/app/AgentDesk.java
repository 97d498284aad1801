package io.fengsui.edge.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.edge.config.CameraEntry;
import io.fengsui.edge.control.ControlHandler;
import io.fengsui.edge.control.ControlReply;
import io.fengsui.edge.control.ControlRequest;
import io.fengsui.edge.ops.Readiness;
import io.fengsui.edge.ops.Readiness.Check;
import io.fengsui.edge.ops.Stuck;
import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.uplink.LinkState;
import io.fengsui.runtime.Progress;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Answers people at the box, and the readiness checks. Thread-safe. */
public final class AgentDesk implements ControlHandler {
    private final EdgeAgent agent;

    public AgentDesk(EdgeAgent agent) {
        this.agent = agent;
    }

    @Override
    public ControlReply handle(ControlRequest request) throws IOException, InterruptedException {
        return switch (request) {
            case ControlRequest.Status() ->
                new ControlReply.Done(
                        StatusReport.of(agent.configuration(), agent.refused(), agent.needsRestart(), agent.parts()));
            case ControlRequest.Reload() -> reload();
            case ControlRequest.UseModel use -> useModel(use.model());
            case ControlRequest.Snapshot snapshot -> snapshot(snapshot);
            case ControlRequest.Why why -> agent.asking().why(why);
            case ControlRequest.ListModes() -> agent.asking().modes();
            case ControlRequest.SwitchMode mode -> agent.asking().switchMode(mode);
        };
    }

    private ControlReply reload() {
        Optional<String> wrong = agent.reload();
        if (wrong.isPresent()) {
            return new ControlReply.Refused("the last good configuration runs on:\n" + wrong.get());
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        agent.needsRestart().forEach(body.putArray("needsRestart")::add);
        return new ControlReply.Done(body);
    }

    private ControlReply useModel(String wanted) {
        String wrong = agent.useModel(wanted);
        if (!wrong.isEmpty()) {
            return new ControlReply.Refused(wrong);
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        agent.video().models().forEach(model -> body.put("model", model.name()).put("version", model.version()));
        return new ControlReply.Done(body);
    }

    private ControlReply snapshot(ControlRequest.Snapshot request) throws IOException, InterruptedException {
        Optional<CameraEntry> camera = agent.configuration().settings().cameras().stream()
                .filter(c -> c.id().equals(request.camera()))
                .findFirst();
        if (camera.isEmpty()) {
            return new ControlReply.Refused("there is no camera '" + request.camera() + "'");
        }
        byte[] jpeg = agent.video().eyes().snapshotNow(camera.get(), request.withZones());
        return new ControlReply.Done(JsonNodeFactory.instance
                .objectNode()
                .put("jpeg", Base64.getEncoder().encodeToString(jpeg)));
    }

    /** The threads that alarms depend on. */
    public List<Progress> threads() {
        return agent.threads();
    }

    /** Adds a check for each part; a hub or camera that is away degrades, and only a thread that is dead or hangs fails. */
    public void addChecks(Readiness readiness) {
        StatusReport.Parts parts = agent.parts();
        readiness.add(
                "ring",
                () -> parts.ring().isConsumerAlive()
                        ? working(parts.ring().progress().thread()::equals)
                        : Check.failed("the ring's consumer has ended"));
        readiness.add("decide", () -> working("decide"::equals));
        readiness.add("action", () -> working("action"::equals));
        readiness.add("net", () -> working(thread -> thread.startsWith("net-")));
        readiness.add("vision-io", () -> working("vision-io"::equals));
        readiness.add("mqtt", () -> working(thread -> thread.startsWith("mqtt-")));
        readiness.add(
                "spool", () -> parts.spool().stats().isHealthy() ? Check.OK : Check.degraded(wordsOf(parts.spool())));
        readiness.add(
                "hub",
                () -> parts.uplink().state() == LinkState.CONNECTED
                        ? Check.OK
                        : Check.degraded(parts.uplink().detail()));
        readiness.add("vision", () -> {
            String fault = parts.video().fault();
            boolean isUp = fault.isEmpty() && parts.video().readyWorkers() > 0;
            return isUp ? Check.OK : Check.degraded(fault.isEmpty() ? "no worker is ready" : fault);
        });
        readiness.add("cameras", this::cameras);
        readiness.add(
                "brokers", () -> parts.brokers().areAllConnected() ? Check.OK : Check.degraded("a broker is away"));
        readiness.add(
                "configuration",
                () -> agent.refused().isEmpty() ? Check.OK : Check.degraded("the file on disk is refused"));
    }

    private Check working(Predicate<String> isOne) {
        List<String> words = new Stuck(() -> agent.threads().stream()
                        .filter(thread -> isOne.test(thread.thread()))
                        .toList())
                .words();
        return words.isEmpty() ? Check.OK : Check.failed(String.join("; ", words));
    }

    private static String wordsOf(Spool spool) {
        if (spool.isOpen()) {
            return "the store cannot be written";
        }
        return spool.isShut() ? "the disk has taken nothing since the start" : "the spool is still being checked";
    }

    /** Told whenever the spool turns out to be damaged so that only a new start repairs it. Must not block. */
    public void onSpoolDamage(Runnable listener) {
        agent.parts().spool().onDamage(listener);
    }

    /** Whether the disk has taken the spool since the agent started. */
    public boolean isSpoolOpen() {
        return agent.parts().spool().isOpen();
    }

    /** Told when it takes it later. Must not block. */
    public void onSpoolOpen(Runnable listener) {
        agent.parts().spool().onOpen(listener);
    }

    /** Whether it was found damaged so within the last hour. */
    public boolean isSpoolDamaged() {
        return agent.parts().spool().isDamaged();
    }

    private Check cameras() {
        var cameras = agent.video().fleet().status();
        long away = cameras.stream()
                .filter(c -> c.state() != io.fengsui.edge.camera.CameraState.STREAMING)
                .count();
        long blind = cameras.stream()
                .filter(c -> agent.video().quarantinedUntil(c.name()).isPresent())
                .count();
        if (away == 0 && blind == 0) {
            return Check.OK;
        }
        return Check.degraded("of " + cameras.size() + " cameras " + away + " give no pictures, and " + blind
                + " are not looked at since their pictures ended vision workers");
    }
}
