package io.fengsui.hub.access;

import io.fengsui.hub.ticket.workflow.Role;

/**
 * What a route asks of its caller. Every route has one; a route without fails the build's matrix test. What places and
 * units somebody reaches is another question: {@link io.fengsui.hub.access.user.Reach}.
 */
public enum Policy {
    /** Anybody who reaches the port: liveness, readiness, the sign-in. */
    OPEN,
    /** This machine, or anybody who is signed in: the metrics. */
    LOCAL_OR_TOKEN,
    /** Anybody who is signed in: looking. */
    SIGNED_IN,
    /** Everybody but those who look only; which step somebody may take is the workflow's business. */
    HANDLE,
    /** The command centre: verdicts, silences, announced work, messages. */
    DISPATCH,
    /** Who answers for the others. */
    SUPERVISE,
    /** Users and the audit. */
    ADMIN;

    /** Whether the role of somebody who is signed in is enough. */
    public boolean allows(Role role) {
        return switch (this) {
            case OPEN -> false;
            case LOCAL_OR_TOKEN, SIGNED_IN -> true;
            case HANDLE -> role != Role.VIEWER;
            case DISPATCH -> role == Role.DISPATCHER || SUPERVISE.allows(role);
            case SUPERVISE -> role == Role.SUPERVISOR || ADMIN.allows(role);
            case ADMIN -> role == Role.ADMIN;
        };
    }
}
