package io.fengsui.edge.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a camera may send us, and how we answer when it asks who we are. */
class AuthenticatorTest {
    private static final String ASKED = "rtsp://10.0.0.2:554/live?ch=1";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtsp://10.0.0.3/live",
                "rtsp://127.0.0.1/",
                "http://10.0.0.2/latest/meta-data",
                "rtsp://user:pw@10.0.0.2/live",
                "rtsp://10.0.0.2:0/live",
                "not a uri %%",
            })
    void isNotSentElsewhere(String location) {
        assertThat(Redirects.target(URI.create("rtsp://10.0.0.2/live"), location))
                .isNull();
    }

    @Test
    void followsTheCameraWithinItself() {
        URI from = URI.create("rtsp://10.0.0.2/live");
        assertThat(Redirects.target(from, "rtsp://10.0.0.2:8554/main")).hasToString("rtsp://10.0.0.2:8554/main");
        assertThat(Redirects.target(from, "/sub")).hasToString("rtsp://10.0.0.2/sub");
        assertThat(Redirects.target(from, null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://cam/", "rtsp://admin:pw@cam/", "rtsp:/live", "rtsp://cam:99999/", "cam"})
    void refusesAddressesThatAreNone(String uri) {
        assertThatThrownBy(() -> RtspSettings.of(URI.create(uri), null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noSecretIsEverPrinted() {
        Credentials credentials = new Credentials("canary-user", () -> "canary-password");
        RtspSettings settings = RtspSettings.of(URI.create(ASKED), credentials);
        assertThat(settings.toString()).doesNotContain("canary");
        assertThat(credentials).isEqualTo(new Credentials("canary-user", () -> "canary-password"));
        assertThat(credentials).isNotEqualTo(new Credentials("canary-user", () -> "other"));
    }

    private static Authenticator challenged(boolean isBasicAllowed, String... challenges) {
        Authenticator authenticator = new Authenticator(
                new Credentials("Mufasa", () -> "Circle of Life"), isBasicAllowed, new SplittableRandom(1));
        assertThat(authenticator.onChallenges(List.of(challenges))).isNull();
        return authenticator;
    }

    private static String answer(String... challenges) {
        return String.valueOf(challenged(true, challenges).authorization("GET", "/dir/index.html"));
    }

    /** RFC 2069's way with the request of RFC 2617, 3.5, whose password differs in case from RFC 7616. */
    @Test
    void answersDigestWithoutQop() {
        Authenticator authenticator =
                new Authenticator(new Credentials("Mufasa", () -> "Circle Of Life"), false, new SplittableRandom(1));
        authenticator.onChallenges(List.of(
                "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc\""));
        assertThat(authenticator.authorization("GET", "/dir/index.html"))
                .contains("response=\"670fd8c2df070c60b045671b8b24ff02\"")
                .contains("opaque=\"5ccc\"")
                .doesNotContain("qop");
    }

    @Test
    void prefersTheStrongerWay() {
        String sha = "Digest realm=\"cam\", nonce=\"n1\", algorithm=SHA-256, qop=\"auth,auth-int\"";
        String md5 = "Digest realm=\"cam\",nonce=n2";
        assertThat(answer("Basic realm=\"cam\"", md5, sha))
                .contains("algorithm=SHA-256")
                .contains("qop=auth, nc=");
        assertThat(answer("Basic realm=\"cam\"", md5)).contains("algorithm=MD5").contains("nonce=\"n2\"");
        assertThat(answer("Basic realm=\"a, b=c\", " + md5)).startsWith("Digest");
        assertThat(answer("Basic")).isEqualTo("Basic TXVmYXNhOkNpcmNsZSBvZiBMaWZl");
    }

    @Test
    void realmsMayHaveQuotesInThem() {
        assertThat(answer("Digest realm=\"a\\\"b\", nonce=\"x\"")).contains("realm=\"a\\\"b\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Negotiate abc",
                "Digest",
                "Digest realm=\"x\"",
                "Digest realm=\"x\", nonce=\"n\", qop=\"auth-int\"",
                "Digest realm=\"x\", nonce=\"n\", algorithm=ROT13",
                "Digest nonce=\"never closed",
                "=,=,,==",
            })
    void saysWhenItKnowsNoWay(String challenge) {
        Authenticator authenticator = new Authenticator(new Credentials("u", () -> "p"), true, new SplittableRandom(1));
        CloseReason reason = authenticator.onChallenges(List.of(challenge));
        if (!challenge.contains("never closed")) {
            assertThat(reason).isEqualTo(CloseReason.AUTHENTICATION_UNKNOWN);
        }
    }

    @Test
    void neverSendsThePasswordReadableUnlessAllowed() {
        Authenticator authenticator =
                new Authenticator(new Credentials("u", () -> "p"), false, new SplittableRandom(1));
        assertThat(authenticator.onChallenges(List.of("Basic realm=\"cam\""))).isEqualTo(CloseReason.BASIC_NOT_ALLOWED);
        assertThat(authenticator.authorization("PLAY", "rtsp://cam/")).isNull();
    }
}
