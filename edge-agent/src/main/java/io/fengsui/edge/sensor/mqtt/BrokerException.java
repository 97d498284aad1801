package io.fengsui.edge.sensor.mqtt;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A broker cannot be reached, refuses, or does not answer in time. The text holds no secret. */
public final class BrokerException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why; the label is a metric's tag and a health event's code. */
    public enum Cause {
        UNREACHABLE,
        UNAUTHORIZED,
        REFUSED,
        TIMEOUT,
        LOST,
        TLS
    }

    private final Cause reason;

    public BrokerException(Cause reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    public Cause reason() {
        return reason;
    }

    /** What Paho says, in either version: its reason code, and what lies beneath. */
    static String describe(int code, @Nullable Throwable beneath) {
        return "MQTT reason " + code
                + (beneath == null
                        ? ""
                        : " (" + beneath.getClass().getSimpleName() + ": " + beneath.getMessage() + ")");
    }
}
