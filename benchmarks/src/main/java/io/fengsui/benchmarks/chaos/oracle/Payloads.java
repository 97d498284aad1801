package io.fengsui.benchmarks.chaos.oracle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Short names of payloads. */
public final class Payloads {
    private static final int BYTES = 12;

    private Payloads() {}

    /** The first 96 bits of the payload's SHA-256, as text. */
    public static String hash(byte[] payload) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(payload);
            return HexFormat.of().formatHex(whole, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String hash(String payload) {
        return hash(payload.getBytes(StandardCharsets.UTF_8));
    }
}
