package io.fengsui.edge.rtsp;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where an RTSP session stands, with what it has there. The steps are in {@link RtspSession}. */
sealed interface SessionState {
    /** Nothing was asked yet. */
    record Connected() implements SessionState {}

    record Probing() implements SessionState {}

    record Describing() implements SessionState {}

    record SettingUp(MediaTransport transport) implements SessionState {}

    /** PLAY was asked for; cameras send before they answer it. */
    record Starting(MediaTransport transport) implements SessionState {}

    record Playing(MediaTransport transport) implements SessionState {}

    /** Nothing is taken any more; the connection is still there. */
    record Closing(Ending ending) implements SessionState {}

    record Closed(Ending ending) implements SessionState {}

    /** @param redirect where the camera sent us, if that is why */
    record Ending(
            CloseReason reason, String detail, @Nullable URI redirect) {}

    /** What takes packets in this state; null when none are expected. */
    default @Nullable MediaTransport media() {
        return switch (this) {
            case SettingUp(MediaTransport transport) -> transport;
            case Starting(MediaTransport transport) -> transport;
            case Playing(MediaTransport transport) -> transport;
            case Connected ignored -> null;
            case Probing ignored -> null;
            case Describing ignored -> null;
            case Closing ignored -> null;
            case Closed ignored -> null;
        };
    }
}
