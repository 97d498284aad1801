package io.fengsui.hub.notify.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fengsui.settings.Secret;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as Standard Webhooks says: {@code v1,} and HMAC-SHA256 over id, time and body, once for each secret. Pure. */
final class Signature {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    static String of(List<Secret> secrets, String id, long epochSecond, String body) {
        String signed = id + "." + epochSecond + "." + body;
        return secrets.stream().map(secret -> "v1," + mac(key(secret), signed)).collect(Collectors.joining(" "));
    }

    /** {@code whsec_} and base64, as the specification writes secrets, or any text. */
    private static byte[] key(Secret secret) {
        String text = secret.reveal();
        if (text.startsWith(PREFIX)) {
            try {
                return Base64.getDecoder().decode(text.substring(PREFIX.length()));
            } catch (IllegalArgumentException e) {
                return text.getBytes(UTF_8);
            }
        }
        return text.getBytes(UTF_8);
    }

    private static String mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }
}
