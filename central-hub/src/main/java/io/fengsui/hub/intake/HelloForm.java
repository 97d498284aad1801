package io.fengsui.hub.intake;

import io.fengsui.protocol.link.Hello;

/** A hello as bytes of its wire form. */
public interface HelloForm {
    byte[] encode(Hello hello);

    /** Throws {@link IllegalArgumentException} when the bytes are no hello. */
    Hello decode(byte[] message);
}
