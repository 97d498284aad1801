package io.fengsui.hub.access;

import java.net.URI;
import java.time.Instant;
import java.util.Locale;

/**
 * Decides on each request. Without a token the door is open to this machine only, and only under a loopback name, so
 * that a web page whose name was pointed at 127.0.0.1 gets nothing; with a token it is open to its bearer and to
 * sessions, wherever they come from. Thread-safe.
 */
public final class Door {
    private final TokenCheck token;
    private final Sessions sessions;

    public Door(TokenCheck token, Sessions sessions) {
        this.token = token;
        this.sessions = sessions;
    }

    public TokenCheck token() {
        return token;
    }

    public Sessions sessions() {
        return sessions;
    }

    /** Whether this caller may; {@code isChange} with any method but GET, HEAD and OPTIONS. */
    public AccessDecision decide(Policy policy, Caller caller, boolean isChange, Instant now) {
        if (isChange && isForeign(caller)) {
            return AccessDecision.FOREIGN_ORIGIN;
        }
        return switch (policy) {
            case OPEN -> AccessDecision.ALLOWED;
            case LOCAL_OR_TOKEN -> isPlainlyLocal(caller) ? AccessDecision.ALLOWED : decideOnToken(caller, now);
            case TOKEN -> decideOnToken(caller, now);
        };
    }

    private AccessDecision decideOnToken(Caller caller, Instant now) {
        if (!token.isRequired()) {
            if (!caller.isLocal()) {
                return AccessDecision.NOT_LOCAL;
            }
            return isLoopbackName(caller.host()) ? AccessDecision.ALLOWED : AccessDecision.FOREIGN_HOST;
        }
        if (!caller.authorization().isEmpty()) {
            return token.allows(caller.authorization()) ? AccessDecision.ALLOWED : AccessDecision.TOKEN_WRONG;
        }
        if (caller.session().isEmpty()) {
            return AccessDecision.TOKEN_MISSING;
        }
        return sessions.isLive(caller.session(), now) ? AccessDecision.ALLOWED : AccessDecision.TOKEN_WRONG;
    }

    private static boolean isPlainlyLocal(Caller caller) {
        return caller.isLocal() && isLoopbackName(caller.host());
    }

    private static boolean isForeign(Caller caller) {
        String site = caller.fetchSite();
        if (site.equals("cross-site") || site.equals("same-site")) {
            return true;
        }
        String origin = caller.origin();
        if (origin.isEmpty()) {
            return false;
        }
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority == null || !authority.equalsIgnoreCase(caller.host());
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    static boolean isLoopbackName(String authority) {
        String host = authority.toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            return host.startsWith("[::1]");
        }
        int colon = host.indexOf(':');
        String name = colon < 0 ? host : host.substring(0, colon);
        return name.equals("localhost") || name.matches("127(\\.\\d{1,3}){3}");
    }
}
