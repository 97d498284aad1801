package io.fengsui.edge.uplink;

import io.fengsui.edge.evidence.EvidenceFiles;
import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.read.PatientReader;
import io.fengsui.edge.spool.urgent.VolatileSink;
import io.fengsui.protocol.link.Welcome;
import io.fengsui.protocol.wire.v1.EdgeLinkGrpc;
import io.fengsui.runtime.Backoff;
import io.fengsui.runtime.EnduringTimer;
import io.fengsui.runtime.TimeSource;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one conversation with the hub going: the only owner of reconnecting, with full jitter. At each hello the hub's
 * positions rule. Thread {@code uplink} does all of it; {@link #state} and {@link #close} are thread-safe. Nothing is
 * queued here: what waits, waits in the spool. Whatever is thrown there, the next session begins anew.
 */
public final class Uplink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);
    private static final Duration STEADY = Duration.ofSeconds(10);
    private static final Duration BEFORE_GREETING_AGAIN = Duration.ofMillis(500);
    private static final long CLOSE_SECONDS = 3;

    /** Ends of the seams to the rest of the agent. */
    public record Parts(
            HelloSource self, Spool spool, @Nullable EvidenceFiles evidence, DownlinkHandler downlink, String edge) {}

    private final EnduringTimer executor;
    private final PatientReader reader;
    private final VolatileQueue fromMemory;
    private final LinkContext context;
    private final Parts parts;
    private final Downlink downlink;
    private final Backoff backoff;
    private final AtomicBoolean isPumpDue = new AtomicBoolean();
    private final AtomicBoolean isGreetingDue = new AtomicBoolean();
    private final Conversation conversation = new Conversation();
    private volatile LinkState state = LinkState.WAITING;
    private volatile String detail = "not started";
    private volatile boolean closed;
    private String announced = "";

    public Uplink(UplinkSettings settings, Parts parts, TimeSource time, UplinkMeters meters, RandomGenerator random) {
        this.parts = parts;
        this.executor = new EnduringTimer("uplink", conversation::stumbled);
        this.reader = new PatientReader(parts.spool().newReader(), "uplink-read");
        this.fromMemory = new VolatileQueue(this::wake);
        meters.watch(fromMemory);
        this.context =
                new LinkContext(settings, parts.self(), parts.spool(), reader, time, executor, meters, fromMemory);
        this.downlink = new Downlink(parts.spool(), parts.downlink(), executor, time::wall);
        this.backoff =
                new Backoff(settings.timing().firstRetry(), settings.timing().longestRetry(), random);
        parts.spool().onCommit(this::wake);
    }

    /** Connects, and from then on keeps connecting. */
    public void start() {
        executor.execute(conversation::connect);
    }

    /**
     * Says hello again over a fresh stream, since what the hub was told of this box has changed. After a moment: several
     * changes make one hello, and the receipt of an order that caused one is sent before. Any thread.
     */
    public void greetAgain() {
        if (!closed && isGreetingDue.compareAndSet(false, true)) {
            executor.schedule(
                    () -> {
                        isGreetingDue.set(false);
                        conversation.renew();
                    },
                    BEFORE_GREETING_AGAIN.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    /** Called on {@code ring-spool}: many commits make one wake-up. */
    private void wake() {
        if (!closed && isPumpDue.compareAndSet(false, true)) {
            executor.execute(() -> {
                isPumpDue.set(false);
                conversation.pump();
            });
        }
    }

    /** Takes urgent events that cannot be written now. */
    public VolatileSink fromMemory() {
        return fromMemory;
    }

    public LinkState state() {
        return state;
    }

    /** Why the state is what it is, for people; holds no secret. */
    public String detail() {
        return detail;
    }

    /** Attempts that come to nothing for the same cause are told once. Only on {@code uplink}. */
    private void become(LinkState newState, String why) {
        String cause = newState + " " + why.split(":", 2)[0];
        if (newState != LinkState.GREETING && !cause.equals(announced)) {
            announced = cause;
            LOG.info("uplink is {}: {}", newState, why);
        } else {
            LOG.debug("uplink is {}: {}", newState, why);
        }
        state = newState;
        detail = why;
        context.meters().connected(newState == LinkState.CONNECTED);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        executor.execute(conversation::close);
        executor.execute(executor::shutdownNow);
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("uplink did not end within {} s", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reader.close();
    }

    /** The session of the moment and its connection. Confined to {@code uplink}. */
    private final class Conversation implements LinkSession.Owner {
        private @Nullable ManagedChannel channel;
        private @Nullable LinkSession session;
        private @Nullable EvidenceSender evidence;
        private long connectedNanos;
        private boolean isConnected;
        private boolean isComing;

        void connect() {
            isComing = false;
            if (closed) {
                return;
            }
            context.meters().attempted();
            LinkSession begun = new LinkSession(context, downlink, this);
            session = begun;
            try {
                ManagedChannel opened = HubChannel.open(context.settings(), executor);
                channel = opened;
                become(LinkState.GREETING, "connecting to " + context.settings().host());
                EdgeLinkGrpc.newStub(opened).connect(begun);
                begun.greet();
            } catch (IOException | RuntimeException e) {
                LOG.debug("connecting failed", e);
                begun.end(new LinkSession.End.Lost("cannot connect: " + e.getMessage()));
            }
        }

        /** Without a session nothing is to be done: the next one says what is so then. */
        void renew() {
            LinkSession current = session;
            if (current != null) {
                current.end(new LinkSession.End.Renewed("what this box has is another now"));
            }
        }

        void pump() {
            LinkSession current = session;
            if (current != null) {
                current.pump();
            }
        }

        @Override
        public void onConnected(LinkSession from, Welcome welcome) {
            isConnected = true;
            connectedNanos = context.time().steadyNanos();
            become(LinkState.CONNECTED, "session " + welcome.sessionId());
            if (parts.evidence() != null) {
                evidence = new EvidenceSender(context, parts.evidence(), parts.edge(), from);
            }
        }

        @Override
        public void onProgress(LinkSession from) {
            EvidenceSender sender = evidence;
            if (sender != null) {
                sender.pump();
            }
        }

        @Override
        public void onEnd(LinkSession from, LinkSession.End end) {
            Duration wait = context.settings().timing().longestRetry();
            try {
                wait = ended(from, end);
            } finally {
                comeAgain(wait);
            }
        }

        /** How long to wait before the next one. */
        private Duration ended(LinkSession from, LinkSession.End end) {
            boolean wasGood = isConnected
                    && (from.hasProgressed() || context.time().steadyNanos() - connectedNanos > STEADY.toNanos());
            release(end instanceof LinkSession.End.Forked || end instanceof LinkSession.End.Renewed);
            if (closed) {
                return Duration.ZERO;
            }
            if (wasGood) {
                backoff.reset();
            }
            Duration wait = backoff.next();
            switch (end) {
                case LinkSession.End.Lost lost -> become(LinkState.WAITING, lost.detail());
                case LinkSession.End.Renewed renewed -> {
                    backoff.reset();
                    wait = Duration.ZERO;
                    become(LinkState.GREETING, renewed.detail());
                }
                case LinkSession.End.Refused refused -> {
                    wait = context.settings().timing().after(refused.refusal(), wait);
                    become(
                            LinkState.REFUSED,
                            refused.refusal().cause() + ": " + refused.refusal().detail());
                }
                case LinkSession.End.Forked forked -> {
                    wait = context.settings().timing().longestRetry();
                    become(LinkState.FORKED, forked.detail());
                }
            }
            return wait;
        }

        private void comeAgain(Duration wait) {
            if (!closed && !isComing) {
                isComing = true;
                executor.schedule(this::connect, wait.toMillis(), TimeUnit.MILLISECONDS);
            }
        }

        /** A task threw: whatever it left half done, the next session begins anew. */
        void stumbled(Throwable thrown) {
            context.meters().failed();
            LOG.error("the conversation with the hub stumbled and begins anew", thrown);
            LinkSession current = session;
            if (current == null) {
                comeAgain(backoff.next());
            } else {
                current.end(new LinkSession.End.Lost(
                        "the edge failed: " + thrown.getClass().getSimpleName()));
            }
        }

        private void release(boolean isGentle) {
            EvidenceSender sender = evidence;
            ManagedChannel opened = channel;
            evidence = null;
            session = null;
            channel = null;
            isConnected = false;
            if (sender != null) {
                sender.close();
            }
            if (opened != null) {
                if (isGentle) {
                    // The last word (a fork report, the stream's end) is still to be sent; a hub that does not end the
                    // call is not waited for.
                    opened.shutdown();
                    executor.schedule((Runnable) opened::shutdownNow, CLOSE_SECONDS, TimeUnit.SECONDS);
                } else {
                    opened.shutdownNow();
                }
            }
        }

        void close() {
            LinkSession current = session;
            if (current != null) {
                current.end(new LinkSession.End.Lost("the agent ends"));
            }
            release(false);
            become(LinkState.WAITING, "closed");
        }
    }
}
