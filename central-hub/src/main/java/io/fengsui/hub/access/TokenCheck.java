package io.fengsui.hub.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The hub's one token: what a caller shows is compared in constant time, by hash, so that neither length nor prefix
 * leaks. Where no token is configured nothing is required (the configuration then refuses any address but loopback).
 *
 * <p>Immutable. Never prints the token.
 */
public final class TokenCheck {
    public static final int MIN_LENGTH = 16;
    public static final int MAX_LENGTH = 512;
    private static final String SCHEME = "Bearer ";

    private final byte @Nullable [] hash;

    private TokenCheck(byte @Nullable [] hash) {
        this.hash = hash;
    }

    /** Nobody needs a token. */
    public static TokenCheck none() {
        return new TokenCheck(null);
    }

    /** Everybody needs this token: 16 to 512 visible ASCII characters. */
    public static TokenCheck of(String token) {
        if (token.length() < MIN_LENGTH || token.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a token has " + MIN_LENGTH + " to " + MAX_LENGTH
                    + " characters, this one " + token.length() + "; make one with: openssl rand -hex 32");
        }
        if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "a token has visible ASCII characters only; make one with: openssl rand -hex 32");
        }
        return new TokenCheck(sha256(token));
    }

    public boolean isRequired() {
        return hash != null;
    }

    /** Whether this is the token. Never true where none is configured. */
    public boolean matches(String presented) {
        if (hash == null || presented.isEmpty() || presented.length() > MAX_LENGTH) {
            return false;
        }
        return MessageDigest.isEqual(hash, sha256(presented));
    }

    /** Whether the value of an {@code authorization} header or metadata entry is enough: none is required, or it matches. */
    public boolean allows(@Nullable String authorization) {
        return hash == null || matches(bearer(authorization));
    }

    /** The token in an {@code Authorization: Bearer …} value; empty where there is none. */
    static String bearer(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return "";
        }
        return authorization.substring(SCHEME.length()).strip();
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return isRequired() ? "TokenCheck[required]" : "TokenCheck[none]";
    }
}
