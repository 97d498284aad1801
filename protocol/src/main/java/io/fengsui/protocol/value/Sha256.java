package io.fengsui.protocol.value;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 hash (FIPS 180-4) as 64 lower-case hex digits, or {@link #NONE}. */
public record Sha256(String hex) {
    /** No hash: not known yet, or nothing to hash. */
    public static final Sha256 NONE = new Sha256("");

    private static final int DIGITS = 64;

    public Sha256 {
        if (!hex.isEmpty() && !isHash(hex)) {
            throw new IllegalArgumentException("a SHA-256 is 64 lower-case hex digits, not '" + hex + "'");
        }
    }

    /** Without streams: each record and each fact has some, and they took a twentieth of the hub writer's time. */
    private static boolean isHash(String hex) {
        if (hex.length() != DIGITS) {
            return false;
        }
        for (int i = 0; i < DIGITS; i++) {
            char c = hex.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    /** Of 32 bytes, or of none for {@link #NONE}. */
    public static Sha256 of(byte[] hash) {
        return new Sha256(HexFormat.of().formatHex(hash));
    }

    /** The hash of these bytes. */
    public static Sha256 hashOf(byte[] content) {
        return of(digest().digest(content));
    }

    /** A fresh digest to feed in pieces. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public boolean isNone() {
        return hex.isEmpty();
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
