package io.fengsui.edge.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.edge.camera.CameraStatus;
import io.fengsui.edge.config.CameraEntry;
import io.fengsui.edge.gate.ActivityGate;
import io.fengsui.edge.gate.GateCounters;
import io.fengsui.edge.gate.GateMode;
import io.fengsui.edge.gate.GateReason;
import io.fengsui.edge.gate.GateStatus;
import io.fengsui.edge.gate.trust.TrustAdvice;
import io.fengsui.edge.ring.SlotRing;
import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.uplink.Uplink;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How the agent is, as JSON for {@code edge-agent status}. Reads the stages' states; changes nothing. */
final class StatusReport {
    private StatusReport() {}

    /** What is reported on. */
    record Parts(VideoLine video, Spool spool, SlotRing ring, Uplink uplink, BrokerBoard brokers) {}

    static ObjectNode of(
            EdgeAgent.Configuration configuration, String refused, List<String> needsRestart, Parts parts) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("edge", configuration.settings().identity().edge());
        json.put("version", AgentVersion.TEXT);
        ObjectNode file = json.putObject("configuration");
        file.put("sha256", configuration.hash().hex());
        file.put("refused", refused);
        needsRestart.forEach(file.putArray("needsRestart")::add);
        Map<String, GateMode> modes = configuration.settings().cameras().stream()
                .collect(Collectors.toMap(
                        CameraEntry::id, camera -> camera.gate().mode()));
        ArrayNode cameras = json.putArray("cameras");
        parts.video()
                .fleet()
                .status()
                .forEach(camera -> cameras.add(camera(camera, parts.video().quarantinedUntil(camera.name()))
                        .set(
                                "gate",
                                gate(
                                        parts.video().gate(),
                                        camera.name(),
                                        modes.getOrDefault(camera.name(), new GateMode.Auto())))));
        ObjectNode vision = json.putObject("vision");
        vision.put("readyWorkers", parts.video().readyWorkers());
        vision.put("looked", parts.video().looked());
        vision.put("fault", parts.video().fault());
        ArrayNode brokers = json.putArray("brokers");
        parts.brokers()
                .lines()
                .forEach(line -> brokers.addObject()
                        .put("name", line.broker())
                        .put("state", lower(line.state()))
                        .put("reason", line.reason())
                        .put("detail", line.detail()));
        json.set("spool", SpoolReport.of(parts.spool().stats(), parts.spool().epoch()));
        json.putObject("ring").put("remainingRatio", parts.ring().remainingRatio());
        json.putObject("hub")
                .put("state", lower(parts.uplink().state()))
                .put("detail", parts.uplink().detail());
        return json;
    }

    private static ObjectNode camera(CameraStatus camera, Optional<Instant> quarantinedUntil) {
        Duration age = camera.stream().lastUnitAge();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", camera.name());
        json.put("state", lower(camera.state()));
        json.put("reason", camera.reason());
        json.put("detail", camera.detail());
        json.put("width", camera.stream().width());
        json.put("height", camera.stream().height());
        json.put("framesPerSecond", Math.round(camera.stream().framesPerSecond() * 10) / 10.0);
        json.put("frames", camera.accessUnits());
        json.put("lostPackets", camera.lostPackets());
        if (age != null) {
            json.put("lastFrameAgeSeconds", age.toMillis() / 1000.0);
        }
        json.put("quarantined", quarantinedUntil.isPresent());
        quarantinedUntil.ifPresent(until -> json.put(
                "quarantinedUntil", until.truncatedTo(ChronoUnit.SECONDS).toString()));
        return json;
    }

    private static ObjectNode gate(ActivityGate gates, String camera, GateMode mode) {
        GateStatus status = gates.status(camera);
        GateCounters counters = gates.counters(camera);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("mode", mode.label());
        json.put("awake", status.isAwake());
        json.put("trusted", status.isTrusted());
        json.put("trustReason", status.trustReason().label());
        json.put("light", lower(status.light()));
        json.put("agreeing", status.agreeing());
        json.put("needed", status.needed());
        TrustAdvice advice = mode instanceof GateMode.Auto ? status.advice() : TrustAdvice.NONE;
        json.put("advice", advice.label());
        json.put("adviceText", advice.text());
        json.put("leastArea", Math.round(status.leastArea() * 100_000) / 100_000.0);
        json.put("quietBitsPerBlock", rounded(status.floor()));
        json.put(
                "duty",
                rounded(counters.watchedSeconds() == 0 ? 0 : counters.awakeSeconds() / counters.watchedSeconds()));
        GateReason last = status.lastOpening();
        json.put("lastOpening", last == null ? "" : last.label());
        json.put("audits", counters.audits());
        json.put("auditsUnanswered", counters.unansweredAudits());
        json.put("missed", counters.missed());
        return json;
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
