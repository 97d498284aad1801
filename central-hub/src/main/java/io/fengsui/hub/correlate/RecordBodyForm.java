package io.fengsui.hub.correlate;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.RecordBody;

/** A record body as bytes of its wire form. */
public interface RecordBodyForm {
    /** Throws {@link IllegalArgumentException} when the bytes break the contract. */
    RecordBody decode(byte[] body);

    byte[] encode(Event event);
}
