package io.fengsui.fieldsim.camera;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks the Authorization header of one connection's requests (Basic: RFC 7617; Digest with {@code qop=auth} or without: RFC 7616,
 * RFC 2069). One nonce a connection; its count must rise. Event loop only.
 */
final class Doorkeeper {
    private static final String REALM = "IP Camera(C1234)";
    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z]+)=(?:\"([^\"]*)\"|([^\\s,]+))");

    private final Credentials credentials;
    private final String nonce;
    private long lastCount;

    Doorkeeper(Credentials credentials, String nonce) {
        this.credentials = credentials;
        this.nonce = nonce;
    }

    /** The WWW-Authenticate headers of a refusal, in the order of preference. */
    List<String> challenges() {
        return credentials.offered().stream()
                .map(scheme -> switch (scheme) {
                    case BASIC -> "Basic realm=\"" + REALM + '"';
                    case DIGEST_MD5 -> "Digest realm=\"" + REALM + "\", nonce=\"" + nonce + '"';
                    case DIGEST_SHA256 ->
                        "Digest realm=\"" + REALM + "\", qop=\"auth\", nonce=\"" + nonce + "\", algorithm=SHA-256";
                })
                .toList();
    }

    boolean lets(RtspRequest request) {
        if (credentials.isOpen()) {
            return true;
        }
        String header = request.header("authorization");
        if (header == null) {
            return false;
        }
        if (header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return credentials.offered().contains(AuthScheme.BASIC) && isBasic(header.substring(6));
        }
        return header.regionMatches(true, 0, "Digest ", 0, 7) && isDigest(request, header.substring(7));
    }

    private boolean isBasic(String encoded) {
        byte[] expected = (credentials.user() + ':' + credentials.password()).getBytes(StandardCharsets.UTF_8);
        try {
            return MessageDigest.isEqual(expected, Base64.getDecoder().decode(encoded.strip()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean isDigest(RtspRequest request, String parameters) {
        Map<String, String> given = parse(parameters);
        AuthScheme scheme =
                "SHA-256".equalsIgnoreCase(given.get("algorithm")) ? AuthScheme.DIGEST_SHA256 : AuthScheme.DIGEST_MD5;
        if (!credentials.offered().contains(scheme)
                || !nonce.equals(given.get("nonce"))
                || !REALM.equals(given.get("realm"))
                || !credentials.user().equals(given.get("username"))
                || !request.uri().equals(given.get("uri"))) {
            return false;
        }
        String expected = expected(scheme, request.method(), given);
        return expected != null && expected.equalsIgnoreCase(given.get("response")) && isCountRising(given);
    }

    private boolean isCountRising(Map<String, String> given) {
        if (given.get("qop") == null) {
            return true;
        }
        try {
            long count = Long.parseLong(given.getOrDefault("nc", ""), 16);
            boolean isRising = count > lastCount;
            lastCount = Math.max(lastCount, count);
            return isRising;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private @Nullable String expected(AuthScheme scheme, String method, Map<String, String> given) {
        String first = hash(scheme, credentials.user() + ':' + REALM + ':' + credentials.password());
        String second = hash(scheme, method + ':' + given.get("uri"));
        String qop = given.get("qop");
        if (qop == null) {
            // RFC 7616 has no SHA-256 without qop.
            return scheme == AuthScheme.DIGEST_MD5 ? hash(scheme, first + ':' + nonce + ':' + second) : null;
        }
        return hash(scheme, String.join(":", first, nonce, given.get("nc"), given.get("cnonce"), qop, second));
    }

    static Map<String, String> parse(String parameters) {
        Map<String, String> found = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(parameters);
        while (matcher.find()) {
            String value = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
            found.put(matcher.group(1).toLowerCase(Locale.ROOT), value);
        }
        return found;
    }

    private static String hash(AuthScheme scheme, String text) {
        String algorithm = scheme == AuthScheme.DIGEST_SHA256 ? "SHA-256" : "MD5";
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no " + algorithm, e);
        }
    }
}
