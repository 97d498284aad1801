package io.fengsui.hub.access;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The code with which the first admin is made: told once at the start, good for an hour, ten tries and one use.
 * Thread-safe.
 */
public final class SetUpCode {
    public static final Duration GOOD_FOR = Duration.ofHours(1);
    private static final int MAX_TRIES = 10;
    private static final int GROUPS = 4;
    private static final int LONGEST = 64;
    /** Crockford's, without letters that look like digits: 80 bits. */
    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private byte @Nullable [] hash;
    private Instant ends = Instant.EPOCH;
    private int tries;

    /** A new code; an earlier one is void. */
    public synchronized String make(Instant now) {
        SecureRandom random = new SecureRandom();
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < GROUPS * 4; i++) {
            code.append(i > 0 && i % 4 == 0 ? "-" : "").append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        hash = TokenCheck.sha256(plain(code.toString()));
        ends = now.plus(GOOD_FOR);
        tries = 0;
        return code.toString();
    }

    /** Whether this is the code, however it is typed: small letters, without dashes, O for 0 and I or L for 1. */
    public synchronized boolean isRight(String presented, Instant now) {
        if (hash == null || tries >= MAX_TRIES || now.isAfter(ends) || presented.length() > LONGEST) {
            return false;
        }
        tries++;
        return MessageDigest.isEqual(hash, TokenCheck.sha256(plain(presented)));
    }

    /** No code is good any more: the first admin is stored. */
    public synchronized void spend() {
        hash = null;
    }

    private static String plain(String typed) {
        return typed.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
    }
}
