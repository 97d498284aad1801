package io.fengsui.edge.uplink;

import io.fengsui.edge.evidence.EvidenceFiles;
import io.fengsui.edge.ring.RingSettings;
import io.fengsui.edge.ring.SlotRing;
import io.fengsui.edge.spool.Checks;
import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.link.Answer;
import io.fengsui.protocol.link.CameraInfo;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.LaneState;
import io.fengsui.protocol.link.Order;
import io.fengsui.protocol.link.Question;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Name;
import io.fengsui.runtime.ManualTimeSource;
import io.fengsui.runtime.TimeSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A ring, a spool and an uplink as in the agent, without cameras. */
final class TestingEdge implements HelloSource, DownlinkHandler, AutoCloseable {
    static final UplinkSettings.Timing QUICK = new UplinkSettings.Timing(
            Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ofSeconds(10));

    final ManualTimeSource time = new ManualTimeSource(TestingEvents.NOON);
    private final TimeSource clock;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final List<Order> orders = new CopyOnWriteArrayList<>();
    volatile List<CameraInfo> cameras = List.of();
    /** So many of the next throw. */
    final AtomicInteger hellosToBreak = new AtomicInteger();

    final AtomicInteger momentsToBreak = new AtomicInteger();
    final Spool spool;
    final SlotRing ring;
    private @Nullable Uplink uplink;

    TestingEdge(Path directory) {
        this(directory, null);
    }

    /** By a clock that goes; null for one that stands still. */
    TestingEdge(Path directory, @Nullable TimeSource clock) {
        this.clock = clock == null ? time : clock;
        spool = Spool.openOrWait(SpoolSettings.in(directory), Checks.AT_ONCE, this.clock);
        ring = new SlotRing(new RingSettings(4096, 64, Duration.ofMillis(20)), spool, meters, TimeSource.system());
        spool.onWork(ring::nudge);
        ring.start();
    }

    static UplinkSettings settings(int port) {
        return new UplinkSettings("localhost", port, UplinkSettings.Security.PLAINTEXT, QUICK);
    }

    Uplink connect(int port) {
        return connect(settings(port), null);
    }

    Uplink connect(UplinkSettings settings, @Nullable EvidenceFiles files) {
        Uplink made = new Uplink(
                settings,
                new Uplink.Parts(this, spool, files, this, "edge-1"),
                clock,
                new UplinkMeters(meters, spool),
                new Random(5));
        uplink = made;
        made.start();
        return made;
    }

    void put(Event... events) {
        if (!ring.offer(TestingEvents.slot(events))) {
            throw new IllegalStateException("ring is full");
        }
    }

    private static void breakOneOf(AtomicInteger left) {
        if (left.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw new NoClassDefFoundError("gone");
        }
    }

    @Override
    public Hello hello(String epoch, List<LaneState> lanes) {
        breakOneOf(hellosToBreak);
        return new Hello(
                Hello.PROTOCOL_VERSION,
                "test",
                new Hello.Identity("edge-1", "village-7", Name.NONE, epoch, "boot-1", "box"),
                now(),
                lanes,
                new Hello.Inventory(cameras, List.of(), List.of()),
                "");
    }

    @Override
    public Moment now() {
        breakOneOf(momentsToBreak);
        return TestingEvents.at(time.wall());
    }

    @Override
    public void onOrder(Order order, Consumer<Order.Receipt> receipts) {
        orders.add(order);
        receipts.accept(new Order.Receipt(order.id(), Order.Outcome.DONE, ""));
    }

    @Override
    public void onQuestion(Question question, Consumer<Answer> answers) {}

    @Override
    public void close() {
        Uplink made = uplink;
        if (made != null) {
            made.close();
        }
        ring.close();
        spool.close();
    }
}
