package io.fengsui.edge.rtsp;

import io.fengsui.edge.rtsp.message.Challenge;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Answers the challenges of one camera (RFC 7616, 7617): Digest with SHA-256 before MD5 before Basic, and Basic only if
 * the settings allow it. Event loop of the session only.
 */
public final class Authenticator {
    private final @Nullable Credentials credentials;
    private final boolean isBasicAllowed;
    private final RandomGenerator random;
    private @Nullable Challenge current;
    private int nonceCount;

    Authenticator(@Nullable Credentials credentials, boolean isBasicAllowed, RandomGenerator random) {
        this.credentials = credentials;
        this.isBasicAllowed = isBasicAllowed;
        this.random = random;
    }

    /** Takes the challenges of a 401; returns why they cannot be answered, or null. */
    @Nullable
    CloseReason onChallenges(List<String> headers) {
        if (credentials == null) {
            return CloseReason.CREDENTIALS_NEEDED;
        }
        List<Challenge> offered = Challenge.parse(headers);
        Challenge best = offered.stream()
                .max(Comparator.comparingInt(Challenge::strength))
                .orElse(null);
        if (best == null) {
            return CloseReason.AUTHENTICATION_UNKNOWN;
        }
        if (best instanceof Challenge.Basic && !isBasicAllowed) {
            return CloseReason.BASIC_NOT_ALLOWED;
        }
        current = best;
        nonceCount = 0;
        return null;
    }

    /** The Authorization header for a request; null before the first challenge. */
    @Nullable
    String authorization(String method, String uri) {
        Credentials known = credentials;
        Challenge challenge = current;
        if (known == null || challenge == null) {
            return null;
        }
        return switch (challenge) {
            case Challenge.Basic ignored ->
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString((known.username() + ":"
                                                + known.password().get())
                                        .getBytes(StandardCharsets.UTF_8));
            case Challenge.Digest digest -> digest(digest, known, method, uri);
        };
    }

    private String digest(Challenge.Digest digest, Credentials known, String method, String uri) {
        Challenge.Algorithm algorithm = digest.algorithm();
        String secret = hash(
                algorithm,
                known.username() + ":" + digest.realm() + ":" + known.password().get());
        String request = hash(algorithm, method + ":" + uri);
        StringBuilder header = new StringBuilder("Digest username=").append(quoted(known.username()));
        header.append(", realm=").append(quoted(digest.realm()));
        header.append(", nonce=").append(quoted(digest.nonce()));
        header.append(", uri=").append(quoted(uri));
        if (digest.hasQop()) {
            nonceCount++;
            String count = HexFormat.of().toHexDigits(nonceCount);
            String clientNonce = HexFormat.of().toHexDigits(random.nextLong());
            String response = hash(
                    algorithm, secret + ":" + digest.nonce() + ":" + count + ":" + clientNonce + ":auth:" + request);
            header.append(", response=\"")
                    .append(response)
                    .append("\", qop=auth, nc=")
                    .append(count);
            header.append(", cnonce=\"").append(clientNonce).append('"');
        } else {
            header.append(", response=\"")
                    .append(hash(algorithm, secret + ":" + digest.nonce() + ":" + request))
                    .append('"');
        }
        if (!digest.opaque().isEmpty()) {
            header.append(", opaque=").append(quoted(digest.opaque()));
        }
        return header.append(", algorithm=").append(algorithm.label()).toString();
    }

    private static String quoted(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String hash(Challenge.Algorithm algorithm, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm.label());
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + algorithm.label(), e);
        }
    }
}
