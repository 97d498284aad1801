package io.fengsui.hub.access;

/** What became of a request at the door, and why. */
public enum AccessDecision {
    ALLOWED,
    /** Nothing was shown that says who asks. */
    SIGN_IN_NEEDED,
    /** What was shown is not the token, or the session has ended. */
    TOKEN_WRONG,
    /** Who asks is known, and has no role that may do this. */
    ROLE_TOO_SMALL,
    /** A change asked for by a page of another origin. */
    FOREIGN_ORIGIN;

    public boolean isAllowed() {
        return this == ALLOWED;
    }
}
