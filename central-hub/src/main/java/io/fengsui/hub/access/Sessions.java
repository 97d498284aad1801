package io.fengsui.hub.access;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of people who signed in: opaque 256-bit ids, of which only the hash is kept; they end as {@link
 * SessionSettings} say. Who holds one is said by name only, so that rights are always those of the account as it is. At most
 * {@value #MAX_SESSIONS}, of one account {@value #MAX_OF_ONE} (its oldest goes, so that nobody drives others out).
 * Thread-safe, never blocks.
 */
public final class Sessions {
    public static final int MAX_SESSIONS = 10_000;
    public static final int MAX_OF_ONE = 50;
    /** How far the time of the last use that is stored may lag behind. */
    static final Duration LAG = Duration.ofMinutes(10);

    private static final int LONGEST_ID = 64;

    /**
     * A session as it is stored.
     *
     * @param key hash of its id
     */
    public record Session(String key, String user, Instant begun, Instant used) {
        public Session {
            begun = begun.truncatedTo(ChronoUnit.MILLIS);
            used = used.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /** @param id for the caller's cookie, and nowhere else */
    public record Opened(String id, Session session) {
        @Override
        public String toString() {
            return "Opened[" + session + "]";
        }
    }

    private final SessionSettings settings;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> byKey = new LinkedHashMap<>();
    private final Map<String, Instant> stored = new LinkedHashMap<>();

    public Sessions(SessionSettings settings) {
        this.settings = settings;
    }

    private boolean isOver(Session session, Instant now) {
        return now.isAfter(session.used().plus(settings.idle()))
                || now.isAfter(session.begun().plus(settings.longest()));
    }

    /** Those of an earlier life of the hub, oldest first. */
    public synchronized void restore(Collection<Session> sessions) {
        sessions.forEach(this::admit);
    }

    private void admit(Session session) {
        List<String> own = keysOf(session.user());
        if (own.size() >= MAX_OF_ONE) {
            forget(own.getFirst());
        }
        if (byKey.size() >= MAX_SESSIONS) {
            forget(byKey.keySet().iterator().next());
        }
        byKey.put(session.key(), session);
        stored.put(session.key(), session.used());
    }

    private List<String> keysOf(String user) {
        return byKey.values().stream()
                .filter(session -> session.user().equals(user))
                .map(Session::key)
                .toList();
    }

    private @Nullable Session forget(String key) {
        stored.remove(key);
        return byKey.remove(key);
    }

    public synchronized Opened open(String user, Instant now) {
        byKey.values().removeIf(session -> isOver(session, now));
        stored.keySet().retainAll(byKey.keySet());
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Session session = new Session(key(id), user, now, now);
        admit(session);
        return new Opened(id, session);
    }

    /** The session of this id, if it may go on; its idle time starts anew. */
    public synchronized Optional<Session> find(String id, Instant now) {
        Optional<Session> found = peek(id, now);
        found.ifPresent(
                session -> byKey.put(session.key(), new Session(session.key(), session.user(), session.begun(), now)));
        return found;
    }

    /** The session of this id, if it may go on; that it is looked at is no use of it. */
    public synchronized Optional<Session> peek(String id, Instant now) {
        return id.length() > LONGEST_ID
                ? Optional.empty()
                : Optional.ofNullable(byKey.get(key(id))).filter(session -> !isOver(session, now));
    }

    public synchronized boolean isOpen(Session session) {
        return byKey.containsKey(session.key());
    }

    /** Ends one; empty when there was none. */
    public synchronized Optional<Session> end(String id) {
        return id.length() > LONGEST_ID ? Optional.empty() : Optional.ofNullable(forget(key(id)));
    }

    /** Ends all of one account. */
    public synchronized List<Session> endOf(String user) {
        List<Session> over = new ArrayList<>();
        for (String key : keysOf(user)) {
            Session session = forget(key);
            if (session != null) {
                over.add(session);
            }
        }
        return over;
    }

    /** Those whose stored time of last use lags behind; they count as stored from now on. */
    public synchronized List<Session> unstored() {
        List<Session> found = new ArrayList<>();
        for (Session session : byKey.values()) {
            if (stored.getOrDefault(session.key(), Instant.EPOCH).plus(LAG).isBefore(session.used())) {
                found.add(session);
                stored.put(session.key(), session.used());
            }
        }
        return found;
    }

    public synchronized int count() {
        return byKey.size();
    }

    private static String key(String id) {
        return HexFormat.of().formatHex(TokenCheck.sha256(id));
    }
}
