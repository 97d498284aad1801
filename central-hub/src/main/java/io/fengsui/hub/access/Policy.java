package io.fengsui.hub.access;

/** What a route asks of its caller. Every route has one; a route without fails the build's matrix test. */
public enum Policy {
    /** Anybody who reaches the port: liveness, readiness, the login page. */
    OPEN,
    /** This machine, or the token: the metrics. */
    LOCAL_OR_TOKEN,
    /** The token or a session, where a token is configured: everything that shows people, places and tickets. */
    TOKEN
}
