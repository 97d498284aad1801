package io.fengsui.hub.intake;

import io.fengsui.hub.fleet.Liveness;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.Refusal;
import io.fengsui.runtime.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live sessions, at most one an identity. A second one is the same box again, or a fork: then it is refused and told
 * as an event of security. Thread-safe.
 */
public final class EdgeSessions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeSessions.class);
    private static final Duration TELL_AGAIN = Duration.ofMinutes(10);
    private static final int MAX_TOLD = 1_000;

    private final EventLog log;
    private final Liveness liveness;
    private final IntakeSettings settings;
    private final TimeSource time;
    private final Map<String, EdgeSession> live = new HashMap<>();
    private final Map<String, Long> told = new HashMap<>();
    private boolean closed;

    public EdgeSessions(EventLog log, Liveness liveness, IntakeSettings settings, TimeSource time) {
        this.log = log;
        this.liveness = liveness;
        this.settings = settings;
        this.time = time;
    }

    /** Edges that are connected and served. */
    public synchronized int size() {
        return live.size();
    }

    /** Gives the identity to this session, or says why not. */
    Refusal.@Nullable Cause enter(EdgeSession newcomer, Hello.Identity identity) {
        List<Runnable> after = new ArrayList<>();
        Refusal.Cause cause;
        synchronized (this) {
            cause = closed ? Refusal.Cause.OVERLOADED : decide(newcomer, identity, after);
        }
        // Outside the lock: closing a session takes that session's lock.
        after.forEach(Runnable::run);
        return cause;
    }

    private Refusal.@Nullable Cause decide(EdgeSession newcomer, Hello.Identity identity, List<Runnable> after) {
        EdgeSession old = live.get(identity.edge());
        if (old == null) {
            live.put(identity.edge(), newcomer);
            return null;
        }
        Hello.Identity known = old.identity();
        SessionReason reason = SessionReason.decide(
                known,
                liveness.quiet(identity.edge()),
                identity,
                settings.heartbeat().multipliedBy(2));
        if (reason.isTakeover()) {
            live.put(identity.edge(), newcomer);
            after.add(() -> old.end("the edge has connected again"));
            return null;
        }
        LOG.warn("second session of an identity refused edge={} reason={}", identity.edge(), reason);
        if (reason == SessionReason.STILL_HEARD) {
            return Refusal.Cause.DUPLICATE_SESSION;
        }
        boolean isCopy = reason == SessionReason.COPY_OF_SPOOL;
        String detail = "fingerprints " + known.fingerprint() + " and " + identity.fingerprint() + " are both live";
        tell(new EventLog.Fork(identity.edge(), identity.epoch(), isCopy, detail), after);
        if (isCopy) {
            live.remove(identity.edge());
            after.add(() -> old.refuse(Refusal.Cause.FORK, "the same spool is live on other hardware"));
            after.add(() -> log.left(identity.edge(), "its spool is live on two boxes"));
        }
        return Refusal.Cause.FORK;
    }

    /** Raises an event of security, but not the same one again and again. */
    void tellFork(EventLog.Fork fork) {
        List<Runnable> after = new ArrayList<>();
        synchronized (this) {
            tell(fork, after);
        }
        after.forEach(Runnable::run);
    }

    private void tell(EventLog.Fork fork, List<Runnable> after) {
        long now = time.steadyNanos();
        String key = fork.edge() + " " + fork.epoch() + " " + fork.detail();
        Long before = told.get(key);
        if (before != null && now - before < TELL_AGAIN.toNanos()) {
            return;
        }
        if (told.size() >= MAX_TOLD) {
            told.clear();
        }
        told.put(key, now);
        after.add(() -> log.fork(fork));
    }

    /** The session is over; its edge has left, unless another session of it has begun. */
    void leave(EdgeSession session, String edge, String detail) {
        synchronized (this) {
            if (!live.remove(edge, session)) {
                return;
            }
        }
        log.left(edge, detail);
    }

    /** Cuts off who has been quiet for too long; to be called about once a second. */
    public void sweep() {
        List<EdgeSession> quiet;
        synchronized (this) {
            quiet = live.entrySet().stream()
                    .filter(entry -> liveness.quiet(entry.getKey()).compareTo(settings.silence()) > 0)
                    .map(Map.Entry::getValue)
                    .toList();
        }
        quiet.forEach(session -> session.end("nothing was heard for " + settings.silence()));
    }

    @Override
    public void close() {
        List<EdgeSession> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(live.values());
        }
        all.forEach(session -> session.end("the hub is stopping"));
    }
}
