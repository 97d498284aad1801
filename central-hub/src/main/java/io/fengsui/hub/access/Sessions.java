package io.fengsui.hub.access;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sessions of people who showed the token: opaque 256-bit ids, of which only the hash is kept, in memory; they end
 * after twelve idle hours or seven days, and with the process. At most {@value #MAX_SESSIONS} (the oldest goes), and at
 * most {@value #MAX_FAILURES} wrong tokens a minute are looked at. Thread-safe.
 */
public final class Sessions {
    public static final int MAX_SESSIONS = 1_000;
    public static final int MAX_FAILURES = 20;
    public static final Duration IDLE = Duration.ofHours(12);
    public static final Duration LONGEST = Duration.ofDays(7);
    private static final Duration FAILURE_WINDOW = Duration.ofMinutes(1);

    private static final class Session {
        private final Instant begun;
        private Instant used;

        Session(Instant begun) {
            this.begun = begun;
            this.used = begun;
        }

        boolean isOver(Instant now) {
            return now.isAfter(used.plus(IDLE)) || now.isAfter(begun.plus(LONGEST));
        }
    }

    /** What became of a login. */
    public enum LoginOutcome {
        OPENED,
        WRONG_TOKEN,
        TOO_MANY_FAILURES
    }

    /** The outcome, and the new session's id if it was opened. */
    public record Login(LoginOutcome outcome, Optional<String> session) {}

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> byHash = new LinkedHashMap<>();
    private final Deque<Instant> failures = new ArrayDeque<>();

    /** Opens a session for whoever shows the token. */
    public synchronized Login login(TokenCheck token, String presented, Instant now) {
        while (!failures.isEmpty() && failures.getFirst().isBefore(now.minus(FAILURE_WINDOW))) {
            failures.removeFirst();
        }
        if (failures.size() >= MAX_FAILURES) {
            return new Login(LoginOutcome.TOO_MANY_FAILURES, Optional.empty());
        }
        if (!token.matches(presented)) {
            failures.addLast(now);
            return new Login(LoginOutcome.WRONG_TOKEN, Optional.empty());
        }
        byHash.values().removeIf(session -> session.isOver(now));
        if (byHash.size() >= MAX_SESSIONS) {
            byHash.remove(byHash.keySet().iterator().next());
        }
        byte[] id = new byte[32];
        random.nextBytes(id);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(id);
        byHash.put(key(text), new Session(now));
        return new Login(LoginOutcome.OPENED, Optional.of(text));
    }

    /** Whether this session may go on; its idle time starts anew. */
    public synchronized boolean isLive(String id, Instant now) {
        if (id.length() > 64) {
            return false;
        }
        String key = key(id);
        Session session = byHash.get(key);
        if (session == null) {
            return false;
        }
        if (session.isOver(now)) {
            byHash.remove(key);
            return false;
        }
        session.used = now;
        return true;
    }

    public synchronized void end(String id) {
        byHash.remove(key(id));
    }

    public synchronized int count() {
        return byHash.size();
    }

    private static String key(String id) {
        return HexFormat.of().formatHex(TokenCheck.sha256(id));
    }
}
