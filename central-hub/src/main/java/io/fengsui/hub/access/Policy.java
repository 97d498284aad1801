package io.fengsui.hub.access;

import io.fengsui.hub.ticket.workflow.Role;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a route asks of its caller. Every route has one; a route without fails the build's matrix test. What places and
 * units somebody reaches is another question: {@link io.fengsui.hub.access.user.Reach}.
 */
public enum Policy {
    /** Anybody who reaches the port: liveness, readiness, the sign-in. */
    OPEN(EnumSet.noneOf(Role.class)),
    /** This machine, or anybody who is signed in: the metrics. */
    LOCAL_OR_TOKEN(EnumSet.allOf(Role.class)),
    /** Anybody who is signed in: looking. */
    SIGNED_IN(EnumSet.allOf(Role.class)),
    /** Everybody but those who look only; which step somebody may take is the workflow's business. */
    HANDLE(EnumSet.of(Role.DISPATCHER, Role.UNIT, Role.SUPERVISOR, Role.ADMIN)),
    /** The command centre: verdicts, silences, messages. */
    DISPATCH(EnumSet.of(Role.DISPATCHER, Role.SUPERVISOR, Role.ADMIN)),
    /** Who answers for the others. */
    SUPERVISE(EnumSet.of(Role.SUPERVISOR, Role.ADMIN)),
    /** Users and the audit. */
    ADMIN(EnumSet.of(Role.ADMIN));

    private final Set<Role> roles;

    Policy(Set<Role> roles) {
        this.roles = roles;
    }

    public boolean allows(Role role) {
        return roles.contains(role);
    }
}
