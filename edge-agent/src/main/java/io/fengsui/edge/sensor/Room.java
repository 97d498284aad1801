package io.fengsui.edge.sensor;

/**
 * Whether a broker may be read on: no more from {@value #ENOUGH_MESSAGES} messages on, again when no more than
 * {@value #ROOMY_MESSAGES} wait (not for each that is taken: that would be a change of threads for each). A broker has to
 * wait only while messages are taken: one whose messages nobody takes would be held, and thought to be alive, for ever.
 * Confined to its inbox's lock.
 */
final class Room {
    /** Paho still holds a dozen messages that were read. */
    static final int ENOUGH_MESSAGES = Inbox.MAX_MESSAGES - 100;

    static final long ENOUGH_BYTES = Inbox.MAX_BYTES - (6 << 20);
    static final int ROOMY_MESSAGES = Inbox.MAX_MESSAGES / 2;
    static final long ROOMY_BYTES = Inbox.MAX_BYTES / 2;
    /** So many waits in a row in which no message is taken: then it is read on. */
    static final int MAX_BARREN_WAITS = 50;

    private long waits;
    private int barrenWaits;
    private boolean isHeld;

    void begin() {
        barrenWaits = 0;
        isHeld = false;
    }

    /** With what waits now. */
    boolean mustWait(int messages, long bytes) {
        isHeld = isHeld ? !isRoomy(messages, bytes) : messages >= ENOUGH_MESSAGES || bytes >= ENOUGH_BYTES;
        return isHeld && barrenWaits < MAX_BARREN_WAITS;
    }

    void onWait() {
        waits++;
    }

    /** A wait ended without room. */
    void onBarrenWait() {
        barrenWaits++;
    }

    /** A message was taken; returns whether who waits is to look again. */
    boolean onTaken(int messages, long bytes) {
        barrenWaits = 0;
        return isHeld && isRoomy(messages, bytes);
    }

    /** How often reading waited. */
    long waits() {
        return waits;
    }

    private static boolean isRoomy(int messages, long bytes) {
        return messages <= ROOMY_MESSAGES && bytes <= ROOMY_BYTES;
    }
}
