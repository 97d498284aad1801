package io.fengsui.hub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The one table of who gets in, and the life of a session. */
class DoorTest {
    private static final String TOKEN = "c0ffee00c0ffee00c0ffee00";
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        // token?, policy, local, host, authorization, change, origin, site -> decision
        "no, OPEN, no, hub.example, '', no, '', '', ALLOWED",
        "no, TOKEN, yes, 127.0.0.1:8600, '', no, '', '', ALLOWED",
        "no, TOKEN, yes, localhost:8600, '', yes, http://localhost:8600, same-origin, ALLOWED",
        "no, TOKEN, yes, [::1]:8600, '', no, '', '', ALLOWED",
        "no, TOKEN, yes, evil.example, '', no, '', '', FOREIGN_HOST",
        "no, TOKEN, yes, 127.evil.example, '', no, '', '', FOREIGN_HOST",
        "no, TOKEN, no, 127.0.0.1:8600, '', no, '', '', NOT_LOCAL",
        "no, TOKEN, yes, localhost:8600, '', yes, http://evil.example, '', FOREIGN_ORIGIN",
        "no, TOKEN, yes, localhost:8600, '', yes, '', cross-site, FOREIGN_ORIGIN",
        "no, TOKEN, yes, localhost:8600, '', yes, null, '', FOREIGN_ORIGIN",
        "no, TOKEN, yes, localhost:8600, '', yes, '%%', '', FOREIGN_ORIGIN",
        "no, LOCAL_OR_TOKEN, yes, localhost, '', no, '', '', ALLOWED",
        "no, LOCAL_OR_TOKEN, no, hub, '', no, '', '', NOT_LOCAL",
        "yes, OPEN, no, hub.example, '', no, '', '', ALLOWED",
        "yes, TOKEN, yes, localhost, '', no, '', '', TOKEN_MISSING",
        "yes, TOKEN, no, hub.example, Bearer c0ffee00c0ffee00c0ffee00, no, '', '', ALLOWED",
        "yes, TOKEN, no, hub.example, bearer c0ffee00c0ffee00c0ffee00, yes, '', '', ALLOWED",
        "yes, TOKEN, no, hub.example, Bearer c0ffee00c0ffee00c0ffee01, no, '', '', TOKEN_WRONG",
        "yes, TOKEN, no, hub.example, Basic c0ffee00c0ffee00c0ffee00, no, '', '', TOKEN_WRONG",
        "yes, LOCAL_OR_TOKEN, yes, localhost, '', no, '', '', ALLOWED",
        "yes, LOCAL_OR_TOKEN, no, hub.example, '', no, '', '', TOKEN_MISSING",
    })
    void decides(
            String token,
            Policy policy,
            String local,
            String host,
            String authorization,
            String change,
            String origin,
            String site,
            AccessDecision expected) {
        Door door = new Door(token.equals("yes") ? TokenCheck.of(TOKEN) : TokenCheck.none(), new Sessions());
        Caller caller = new Caller(local.equals("yes"), host, authorization, "", origin, site);

        assertThat(door.decide(policy, caller, change.equals("yes"), NOW)).isEqualTo(expected);
    }

    @Test
    void aSessionOpensTheDoorUntilItHasBeenIdleForTooLong() {
        TokenCheck token = TokenCheck.of(TOKEN);
        Door door = new Door(token, new Sessions());
        String session = door.sessions().login(token, TOKEN, NOW).session().orElseThrow();

        assertThat(decide(door, session, NOW)).isEqualTo(AccessDecision.ALLOWED);
        Instant later = NOW.plus(Sessions.IDLE);
        assertThat(decide(door, session, later)).isEqualTo(AccessDecision.ALLOWED);
        assertThat(decide(door, session, later.plus(Sessions.IDLE).plusSeconds(1)))
                .isEqualTo(AccessDecision.TOKEN_WRONG);
    }

    @Test
    void aSessionEndsAfterSevenDaysHoweverBusy() {
        TokenCheck token = TokenCheck.of(TOKEN);
        Door door = new Door(token, new Sessions());
        String session = door.sessions().login(token, TOKEN, NOW).session().orElseThrow();

        Instant at = NOW;
        while (at.isBefore(NOW.plus(Sessions.LONGEST))) {
            assertThat(decide(door, session, at)).isEqualTo(AccessDecision.ALLOWED);
            at = at.plus(Duration.ofHours(6));
        }
        assertThat(decide(door, session, at.plusSeconds(1))).isEqualTo(AccessDecision.TOKEN_WRONG);
    }

    @Test
    void anEndedOrInventedSessionIsNone() {
        TokenCheck token = TokenCheck.of(TOKEN);
        Door door = new Door(token, new Sessions());
        String session = door.sessions().login(token, TOKEN, NOW).session().orElseThrow();
        door.sessions().end(session);

        assertThat(decide(door, session, NOW)).isEqualTo(AccessDecision.TOKEN_WRONG);
        assertThat(decide(door, "x".repeat(4_000), NOW)).isEqualTo(AccessDecision.TOKEN_WRONG);
    }

    @Test
    void guessingIsSlowedDownEvenForTheRightToken() {
        TokenCheck token = TokenCheck.of(TOKEN);
        Sessions sessions = new Sessions();
        for (int i = 0; i < Sessions.MAX_FAILURES; i++) {
            assertThat(sessions.login(token, "wrong-token-" + i, NOW).outcome())
                    .isEqualTo(Sessions.LoginOutcome.WRONG_TOKEN);
        }
        assertThat(sessions.login(token, TOKEN, NOW).outcome()).isEqualTo(Sessions.LoginOutcome.TOO_MANY_FAILURES);
        assertThat(sessions.login(token, TOKEN, NOW.plusSeconds(61)).outcome()).isEqualTo(Sessions.LoginOutcome.OPENED);
    }

    @Test
    void keepsABoundedNumberOfSessions() {
        TokenCheck token = TokenCheck.of(TOKEN);
        Sessions sessions = new Sessions();
        for (int i = 0; i < Sessions.MAX_SESSIONS + 5; i++) {
            sessions.login(token, TOKEN, NOW.plusSeconds(i));
        }
        assertThat(sessions.count()).isEqualTo(Sessions.MAX_SESSIONS);
    }

    @ParameterizedTest
    @CsvSource({"abc, openssl rand -hex 32", "two words of a token, visible ASCII"})
    void saysWhatIsWrongWithATokenAndNotTheToken(String token, String said) {
        assertThatThrownBy(() -> TokenCheck.of(token))
                .hasMessageContaining(said)
                .hasMessageNotContaining(token);
        assertThat(TokenCheck.of(TOKEN)).hasToString("TokenCheck[required]");
    }

    private static AccessDecision decide(Door door, String session, Instant now) {
        return door.decide(Policy.TOKEN, new Caller(false, "hub.example", "", session, "", ""), false, now);
    }
}
