package io.fengsui.edge.rtsp;

import io.fengsui.edge.bitstream.AccessUnit;

/** Is told what happens in a session. Called on the session's event loop: must not block. */
public interface SessionListener {
    /** PLAY was answered. */
    void onPlaying();

    void onAccessUnit(AccessUnit unit);

    /**
     * The session is over, once, also if it never began.
     *
     * @param detail for people; holds no secret
     */
    void onClosed(CloseReason reason, String detail);
}
