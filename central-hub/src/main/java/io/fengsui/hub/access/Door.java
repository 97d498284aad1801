package io.fengsui.hub.access;

import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.access.user.User;
import io.fengsui.hub.access.user.UserBook;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides on each request: who asks (a program with the token, somebody with a session, or whoever sits at this machine
 * where the configuration opens the console to it), and whether their role is enough. This machine means a connection
 * over loopback under a loopback name, so that a web page whose name was pointed at 127.0.0.1 gets nothing. Thread-safe;
 * never blocks.
 */
public final class Door {
    private final TokenCheck token;
    private final boolean isOpenOnLoopback;
    private final Sessions sessions;
    private final UserBook users;

    public Door(TokenCheck token, boolean isOpenOnLoopback, Sessions sessions, UserBook users) {
        this.token = token;
        this.isOpenOnLoopback = isOpenOnLoopback;
        this.sessions = sessions;
        this.users = users;
    }

    public Sessions sessions() {
        return sessions;
    }

    public UserBook users() {
        return users;
    }

    /** Whether nobody can sign in yet, and somebody has to be the first. */
    public boolean needsSetUp() {
        return users.isEmpty() && !isOpenOnLoopback;
    }

    /** Whether this caller may; {@code isChange} with any method but GET, HEAD and OPTIONS. */
    public Visit decide(Policy policy, Caller caller, boolean isChange, Instant now) {
        if (isChange && isForeign(caller)) {
            return Visit.refused(AccessDecision.FOREIGN_ORIGIN);
        }
        boolean isOpen = policy == Policy.OPEN || (policy == Policy.LOCAL_OR_TOKEN && isPlainlyLocal(caller));
        if (isOpen) {
            return Visit.refused(AccessDecision.ALLOWED);
        }
        if (!caller.authorization().isEmpty()) {
            return token.isRequired() && token.allows(caller.authorization())
                    ? judge(policy, User.TOKEN, Reach.EVERYWHERE)
                    : Visit.refused(AccessDecision.TOKEN_WRONG);
        }
        Optional<UserBook.Known> known = caller.session().isEmpty()
                ? Optional.empty()
                : sessions.find(caller.session(), now).flatMap(this::holder);
        if (known.isPresent()) {
            return judge(policy, known.get().account().user(), known.get().reach());
        }
        if (isOpenOnLoopback && isPlainlyLocal(caller)) {
            return judge(policy, User.LOCAL, Reach.EVERYWHERE);
        }
        return Visit.refused(caller.session().isEmpty() ? AccessDecision.SIGN_IN_NEEDED : AccessDecision.TOKEN_WRONG);
    }

    /** Who asks where nobody has to sign in: whoever is signed in all the same. Uses no session up. */
    public Optional<User> shown(Caller caller, Instant now) {
        if (!caller.authorization().isEmpty()) {
            return token.isRequired() && token.allows(caller.authorization())
                    ? Optional.of(User.TOKEN)
                    : Optional.empty();
        }
        return caller.session().isEmpty()
                ? Optional.empty()
                : sessions.peek(caller.session(), now)
                        .flatMap(this::holder)
                        .map(known -> known.account().user());
    }

    private static Visit judge(Policy policy, User user, Reach reach) {
        return new Visit(
                policy.allows(user.role()) ? AccessDecision.ALLOWED : AccessDecision.ROLE_TOO_SMALL, user, reach);
    }

    /** Whether a session that was let in earlier still is: for answers that go on for long. */
    public boolean isStillIn(Caller caller, Instant now) {
        return caller.session().isEmpty()
                || !caller.authorization().isEmpty()
                || (isOpenOnLoopback && isPlainlyLocal(caller))
                || sessions.peek(caller.session(), now).flatMap(this::holder).isPresent();
    }

    /** Whose session this is: of an account that is not disabled, begun after the last change of its rights. */
    private Optional<UserBook.Known> holder(Sessions.Session session) {
        return users.find(session.user())
                .filter(known -> !known.account().standing().isDisabled())
                .filter(known ->
                        !session.begun().isBefore(known.account().standing().sessionsFrom()));
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
