package io.fengsui.edge.app;

import io.fengsui.edge.config.AgentSettings;
import io.fengsui.edge.uplink.HelloSource;
import io.fengsui.protocol.link.CameraInfo;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.LaneState;
import io.fengsui.protocol.link.ModelInUse;
import io.fengsui.protocol.link.SensorInfo;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Who this box is and what it has, from the configuration in force. Thread-safe. */
final class HelloWords implements HelloSource {
    private static final Path MACHINE = Path.of("/etc/machine-id");

    private final Supplier<EdgeAgent.Configuration> configuration;
    private final AgentClock clock;
    private final Supplier<List<ModelInUse>> models;
    private final String fingerprint;

    HelloWords(Supplier<EdgeAgent.Configuration> configuration, AgentClock clock, Supplier<List<ModelInUse>> models) {
        this.configuration = configuration;
        this.clock = clock;
        this.models = models;
        this.fingerprint = fingerprint();
    }

    @Override
    public Hello hello(String epoch, List<LaneState> lanes) {
        EdgeAgent.Configuration now = configuration.get();
        AgentSettings settings = now.settings();
        AgentSettings.Identity identity = settings.identity();
        List<CameraInfo> cameras = settings.cameras().stream()
                .map(c -> new CameraInfo(c.id(), c.name(), c.place(), c.subject()))
                .toList();
        List<SensorInfo> sensors = settings.field().sensors().stream()
                .map(s -> new SensorInfo(
                        s.id(),
                        s.name(),
                        s.place(),
                        s.subject(),
                        String.join(" ", s.feed().profile().quantities())))
                .toList();
        return new Hello(
                Hello.PROTOCOL_VERSION,
                AgentVersion.TEXT,
                new Hello.Identity(
                        identity.edge(), identity.site(), identity.siteName(), epoch, clock.bootId(), fingerprint),
                clock.get(),
                lanes,
                new Hello.Inventory(cameras, sensors, models.get()),
                now.hash().hex());
    }

    @Override
    public Moment now() {
        return clock.get();
    }

    /** Of the operating system's installation; hashed, since the id itself should not leave the machine (machine-id(5)). */
    private static String fingerprint() {
        String id;
        try {
            id = Files.readString(MACHINE).strip();
        } catch (IOException e) {
            id = "unknown";
        }
        return Sha256.hashOf(("fengsui " + id).getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, 32);
    }
}
