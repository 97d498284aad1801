package io.fengsui.hub.access.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Makes and checks hashes of passwords: argon2id (RFC 9106) with 19 MiB, two passes and one lane, as the OWASP Password
 * Storage Cheat Sheet asks for at least, written as {@code $argon2id$v=19$m=…,t=…,p=…$salt$hash}. At most two are
 * computed at once. Blocks for some tens of milliseconds. Thread-safe.
 */
public final class Passwords {
    private static final int MIN = 10;
    private static final int MAX = 128;
    /** As typed: parts of letters and what lies beyond 16 bits count more than once. */
    private static final int LONGEST_TYPED = 4 * MAX;

    private static final int KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern FORM = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,2}),p=1\\$([A-Za-z0-9+/]{16,64})\\$([A-Za-z0-9+/]{32,128})");
    /** Of the lists of passwords that are tried first, those that are long enough to be taken otherwise. */
    private static final Set<String> WELL_KNOWN = Set.of(
            "password12",
            "password123",
            "password1234",
            "passw0rd123",
            "p@ssw0rd123",
            "qwertyuiop",
            "qwerty12345",
            "qwerty123456",
            "1q2w3e4r5t",
            "1q2w3e4r5t6y",
            "1qaz2wsx3edc",
            "q1w2e3r4t5",
            "q1w2e3r4t5y6",
            "iloveyou12",
            "iloveyou123",
            "letmein123",
            "welcome123",
            "welcome1234",
            "admin12345",
            "admin123456",
            "administrator",
            "changeme123",
            "asdfghjkl1",
            "asdfghjkl;",
            "zxcvbnm123",
            "woaini1314",
            "woaini520",
            "woaini1314520",
            "5201314520",
            "1314520520",
            "abcd123456",
            "abc1234567",
            "aa12345678",
            "a123456789",
            "qq123456789",
            "123456789a",
            "123456789q",
            "1234567890a",
            "147258369a",
            "a5201314520",
            "li123456789",
            "zhang123456",
            "wang123456",
            "fengsui123",
            "fengsui1234",
            "haicheng123",
            "hikvision123",
            "hik1234567",
            "dahua12345",
            "huawei12345",
            "admin@123456",
            "admin@12345",
            "root123456",
            "user123456",
            "test123456",
            "sunshine123",
            "princess123",
            "football123",
            "baseball123",
            "superman123",
            "michael123",
            "trustno1234",
            "computer123");

    private final SecureRandom random = new SecureRandom();
    private final Semaphore turns = new Semaphore(2);
    private final String nobody;

    public Passwords() {
        byte[] bytes = new byte[SALT_BYTES + HASH_BYTES];
        random.nextBytes(bytes);
        nobody = text(Arrays.copyOf(bytes, SALT_BYTES), Arrays.copyOfRange(bytes, SALT_BYTES, bytes.length));
    }

    /** Whether a password may be taken. */
    public static PasswordReason judge(String name, String password) {
        String plain = normal(password);
        int length = plain.codePointCount(0, plain.length());
        if (length < MIN) {
            return PasswordReason.TOO_SHORT;
        }
        if (length > MAX || password.length() > LONGEST_TYPED) {
            return PasswordReason.TOO_LONG;
        }
        String lower = plain.toLowerCase(Locale.ROOT);
        if (name.length() >= 3 && lower.contains(name.toLowerCase(Locale.ROOT))) {
            return PasswordReason.LIKE_NAME;
        }
        if (isPlain(lower)) {
            return PasswordReason.TOO_PLAIN;
        }
        return WELL_KNOWN.contains(lower) ? PasswordReason.WELL_KNOWN : PasswordReason.FINE;
    }

    /** Fewer than five different characters, or nearly all of them the neighbour of the one before. */
    private static boolean isPlain(String text) {
        long different = text.codePoints().distinct().count();
        int steps = 0;
        for (int i = 1; i < text.length(); i++) {
            int step = text.charAt(i) - text.charAt(i - 1);
            if (Math.abs(step) <= 1 || step == '0' - '9') {
                steps++;
            }
        }
        return different < 5 || steps >= text.length() - 2;
    }

    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return text(salt, compute(password, salt, KIB, PASSES, HASH_BYTES));
    }

    private static String text(byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + KIB + ",t=" + PASSES + ",p=1$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(hash);
    }

    /** Whether this is the password of the hash; false for a hash of another form. */
    public boolean matches(String password, String stored) {
        Matcher form = FORM.matcher(stored);
        if (!form.matches() || password.length() > LONGEST_TYPED) {
            return false;
        }
        byte[] expected = Base64.getDecoder().decode(form.group(4));
        byte[] salt = Base64.getDecoder().decode(form.group(3));
        byte[] found = compute(
                password, salt, Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)), expected.length);
        return MessageDigest.isEqual(expected, found);
    }

    /** Takes as long as {@link #matches}, so that time does not tell which names exist. */
    public void spend(String password) {
        if (matches(password, nobody)) {
            throw new IllegalStateException("a hash of random salt was guessed");
        }
    }

    private byte[] compute(String password, byte[] salt, int kib, int passes, int length) {
        turns.acquireUninterruptibly();
        byte[] secret = normal(password).getBytes(UTF_8);
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(kib)
                    .withIterations(passes)
                    .withParallelism(1)
                    .withSalt(salt)
                    .build());
            byte[] hash = new byte[length];
            generator.generateBytes(secret, hash);
            return hash;
        } finally {
            Arrays.fill(secret, (byte) 0);
            turns.release();
        }
    }

    /** The same text typed on another keyboard is the same password (NIST SP 800-63B section 3.1.1.2). */
    private static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }
}
