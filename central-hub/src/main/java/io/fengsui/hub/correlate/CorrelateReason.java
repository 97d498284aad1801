package io.fengsui.hub.correlate;

/** Why an event ended up where it did. */
public enum CorrelateReason {
    /** Nothing of its key is open or ended within the window. */
    NEW_INCIDENT,
    /** Its key's incident is still open. */
    JOINED_OPEN,
    /** Its key's incident ended less than the window before. */
    JOINED_WITHIN_WINDOW,
    /** It comes late and lies within an incident of the past. */
    JOINED_PAST,
    /** A newer revision of an event that is known. */
    REVISED,
    /** This revision is known already: history only. */
    DUPLICATE,
    /** A newer revision is known already: history only. */
    OLDER_REVISION;

    /** Whether its event was not known before, or has waited and is decided on as if it had not been. */
    public boolean isFirst() {
        return isNews() && this != REVISED;
    }

    /** Whether rows change at all. */
    public boolean isNews() {
        return this != DUPLICATE && this != OLDER_REVISION;
    }
}
