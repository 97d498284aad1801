package io.fengsui.hub.access;

/** What became of a request at the door, and why. */
public enum AccessDecision {
    ALLOWED,
    /** A token is required and none was shown. */
    TOKEN_MISSING,
    /** What was shown is not the token, or the session has ended. */
    TOKEN_WRONG,
    /** No token is configured, and the caller is not on this machine. */
    NOT_LOCAL,
    /** No token is configured, and the request names another host: a page of the web that was made to point here. */
    FOREIGN_HOST,
    /** A change asked for by a page of another origin. */
    FOREIGN_ORIGIN;

    public boolean isAllowed() {
        return this == ALLOWED;
    }
}
