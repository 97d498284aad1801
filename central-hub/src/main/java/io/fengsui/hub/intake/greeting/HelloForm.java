package io.fengsui.hub.intake.greeting;

import com.google.protobuf.InvalidProtocolBufferException;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.wire.MalformedMessageException;
import io.fengsui.protocol.wire.WireLink;

/** A hello as bytes of its wire form, for the journal. Pure. */
public final class HelloForm {
    private HelloForm() {}

    public static byte[] encode(Hello hello) {
        return WireLink.toMessage(hello).toByteArray();
    }

    /** Throws {@link IllegalArgumentException} when the bytes are no hello. */
    public static Hello decode(byte[] message) {
        try {
            return WireLink.fromMessage(io.fengsui.protocol.wire.v1.Hello.parseFrom(message));
        } catch (InvalidProtocolBufferException | MalformedMessageException e) {
            throw new IllegalArgumentException("not a hello: " + e.getMessage(), e);
        }
    }
}
