package io.fengsui.hub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.hub.access.user.Account;
import io.fengsui.hub.access.user.Scope;
import io.fengsui.hub.access.user.User;
import io.fengsui.hub.access.user.UserBook;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.ticket.workflow.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The one table of who gets in, and the life of a session. */
class DoorTest {
    private static final String TOKEN = "c0ffee00c0ffee00c0ffee00";
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

    private final UserBook users = new UserBook(AreaBook.EMPTY);
    private final Sessions sessions = new Sessions(SessionSettings.DEFAULT);
    private final Door door = new Door(TokenCheck.of(TOKEN), false, sessions, users);

    @ParameterizedTest
    @CsvSource({
        // open on loopback, policy, local, host, authorization, change, origin, site -> decision
        "no, OPEN, no, hub.example, '', no, '', '', ALLOWED",
        "yes, SIGNED_IN, yes, 127.0.0.1:8600, '', no, '', '', ALLOWED",
        "yes, ADMIN, yes, localhost:8600, '', yes, http://localhost:8600, same-origin, ALLOWED",
        "yes, SIGNED_IN, yes, [::1]:8600, '', no, '', '', ALLOWED",
        "yes, SIGNED_IN, yes, evil.example, '', no, '', '', SIGN_IN_NEEDED",
        "yes, SIGNED_IN, yes, 127.evil.example, '', no, '', '', SIGN_IN_NEEDED",
        "yes, SIGNED_IN, no, 127.0.0.1:8600, '', no, '', '', SIGN_IN_NEEDED",
        "yes, SIGNED_IN, yes, localhost:8600, '', yes, http://evil.example, '', FOREIGN_ORIGIN",
        "yes, SIGNED_IN, yes, localhost:8600, '', yes, '', cross-site, FOREIGN_ORIGIN",
        "yes, SIGNED_IN, yes, localhost:8600, '', yes, null, '', FOREIGN_ORIGIN",
        "yes, SIGNED_IN, yes, localhost:8600, '', yes, '%%', '', FOREIGN_ORIGIN",
        "no, OPEN, yes, localhost:8600, '', yes, http://evil.example, '', FOREIGN_ORIGIN",
        "no, SIGNED_IN, yes, 127.0.0.1:8600, '', no, '', '', SIGN_IN_NEEDED",
        "no, LOCAL_OR_TOKEN, yes, localhost, '', no, '', '', ALLOWED",
        "no, LOCAL_OR_TOKEN, no, hub, '', no, '', '', SIGN_IN_NEEDED",
        "no, SIGNED_IN, no, hub.example, Bearer c0ffee00c0ffee00c0ffee00, no, '', '', ALLOWED",
        "no, ADMIN, no, hub.example, bearer c0ffee00c0ffee00c0ffee00, yes, '', '', ALLOWED",
        "no, SIGNED_IN, no, hub.example, Bearer c0ffee00c0ffee00c0ffee01, no, '', '', TOKEN_WRONG",
        "yes, SIGNED_IN, yes, localhost, Bearer c0ffee00c0ffee00c0ffee01, no, '', '', TOKEN_WRONG",
        "no, SIGNED_IN, no, hub.example, Basic c0ffee00c0ffee00c0ffee00, no, '', '', TOKEN_WRONG",
    })
    void decides(
            String open,
            Policy policy,
            String local,
            String host,
            String authorization,
            String change,
            String origin,
            String site,
            AccessDecision expected) {
        Door asked = new Door(TokenCheck.of(TOKEN), open.equals("yes"), sessions, users);
        Caller caller = new Caller(local.equals("yes"), host, authorization, "", origin, site);

        assertThat(asked.decide(policy, caller, change.equals("yes"), NOW).decision())
                .isEqualTo(expected);
    }

    @Test
    void nobodyHasATokenWhereNoneIsConfigured() {
        Door tokenless = new Door(TokenCheck.none(), false, sessions, users);
        Caller caller = new Caller(true, "localhost", "Bearer anything-at-all-goes", "", "", "");

        assertThat(tokenless.decide(Policy.SIGNED_IN, caller, false, NOW).decision())
                .isEqualTo(AccessDecision.TOKEN_WRONG);
    }

    @ParameterizedTest
    @CsvSource({
        "VIEWER, SIGNED_IN",
        "DISPATCHER, SIGNED_IN HANDLE DISPATCH",
        "UNIT, SIGNED_IN HANDLE",
        "SUPERVISOR, SIGNED_IN HANDLE DISPATCH SUPERVISE",
        "ADMIN, SIGNED_IN HANDLE DISPATCH SUPERVISE ADMIN",
    })
    void aRoleOpensItsDoorsAndNoOthers(Role role, String doors) {
        String session = sessions.open(account("li", role, NOW, false), NOW).id();
        for (Policy policy :
                List.of(Policy.SIGNED_IN, Policy.HANDLE, Policy.DISPATCH, Policy.SUPERVISE, Policy.ADMIN)) {
            boolean isOpen = List.of(doors.split(" ")).contains(policy.name());
            Visit visit = door.decide(policy, caller(session), false, NOW);
            assertThat(visit.decision())
                    .as(role + " at " + policy)
                    .isEqualTo(isOpen ? AccessDecision.ALLOWED : AccessDecision.ROLE_TOO_SMALL);
            assertThat(Objects.requireNonNull(visit.user()).name()).isEqualTo("li");
        }
    }

    @Test
    void aSessionOpensTheDoorUntilItHasBeenIdleForTooLong() {
        String session =
                sessions.open(account("li", Role.VIEWER, NOW, false), NOW).id();

        assertThat(decide(session, NOW)).isEqualTo(AccessDecision.ALLOWED);
        Instant later = NOW.plus(SessionSettings.DEFAULT.idle());
        assertThat(decide(session, later)).isEqualTo(AccessDecision.ALLOWED);
        assertThat(decide(session, later.plus(SessionSettings.DEFAULT.idle()).plusSeconds(1)))
                .isEqualTo(AccessDecision.TOKEN_WRONG);
    }

    @Test
    void aSessionEndsAfterSevenDaysHoweverBusy() {
        String session =
                sessions.open(account("li", Role.VIEWER, NOW, false), NOW).id();

        Instant at = NOW;
        while (at.isBefore(NOW.plus(SessionSettings.DEFAULT.longest()))) {
            assertThat(decide(session, at)).isEqualTo(AccessDecision.ALLOWED);
            at = at.plus(Duration.ofHours(6));
        }
        assertThat(decide(session, at.plusSeconds(1))).isEqualTo(AccessDecision.TOKEN_WRONG);
    }

    @Test
    void aChangeOfRightsEndsSessionsThatBeganBefore() {
        String session =
                sessions.open(account("li", Role.ADMIN, NOW, false), NOW).id();
        Caller caller = caller(session);
        assertThat(door.isStillIn(caller, NOW)).isTrue();

        account("li", Role.VIEWER, NOW.plusSeconds(1), false);
        assertThat(decide(session, NOW.plusSeconds(2))).isEqualTo(AccessDecision.TOKEN_WRONG);
        assertThat(door.isStillIn(caller, NOW.plusSeconds(2))).isFalse();

        String fresh = sessions.open("li", NOW.plusSeconds(3)).id();
        assertThat(decide(fresh, NOW.plusSeconds(3))).isEqualTo(AccessDecision.ALLOWED);
        account("li", Role.VIEWER, NOW, true);
        assertThat(decide(fresh, NOW.plusSeconds(3))).isEqualTo(AccessDecision.TOKEN_WRONG);
    }

    @Test
    void anEndedOrInventedSessionIsNone() {
        String session =
                sessions.open(account("li", Role.VIEWER, NOW, false), NOW).id();
        sessions.end(session);

        assertThat(decide(session, NOW)).isEqualTo(AccessDecision.TOKEN_WRONG);
        assertThat(decide("x".repeat(4_000), NOW)).isEqualTo(AccessDecision.TOKEN_WRONG);
    }

    @Test
    void storesHashesOfSessionsAndWhenTheyWereUsedButNotEachUse() {
        Sessions.Opened opened = sessions.open("li", NOW);
        assertThat(opened.session().key()).hasSize(64).isNotEqualTo(opened.id());
        assertThat(opened.toString()).doesNotContain(opened.id());

        sessions.find(opened.id(), NOW.plusSeconds(60));
        assertThat(sessions.unstored()).isEmpty();
        sessions.find(opened.id(), NOW.plus(Sessions.LAG).plusSeconds(1));
        assertThat(sessions.unstored()).hasSize(1);
        assertThat(sessions.unstored()).isEmpty();
    }

    @Test
    void keepsABoundedNumberOfSessions() {
        for (int i = 0; i < Sessions.MAX_SESSIONS + 5; i++) {
            sessions.open("li-" + i, NOW.plusMillis(i));
        }
        assertThat(sessions.count()).isEqualTo(Sessions.MAX_SESSIONS);
    }

    @Test
    void whoSignsInAgainAndAgainDrivesOutNobodyElse() {
        String other = sessions.open("wang", NOW).id();
        String first = sessions.open("li", NOW).id();
        for (int i = 0; i < Sessions.MAX_OF_ONE; i++) {
            sessions.open("li", NOW.plusMillis(i));
        }
        assertThat(sessions.count()).isEqualTo(Sessions.MAX_OF_ONE + 1);
        assertThat(sessions.find(other, NOW)).isPresent();
        assertThat(sessions.find(first, NOW)).isEmpty();

        Sessions restarted = new Sessions(SessionSettings.DEFAULT);
        restarted.restore(IntStream.range(0, 2 * Sessions.MAX_OF_ONE)
                .mapToObj(i -> new Sessions.Session("key-" + i, "li", NOW, NOW))
                .toList());
        assertThat(restarted.count()).isEqualTo(Sessions.MAX_OF_ONE);
    }

    @ParameterizedTest
    @CsvSource({"abc, openssl rand -hex 32", "two words of a token, visible ASCII"})
    void saysWhatIsWrongWithATokenAndNotTheToken(String token, String said) {
        assertThatThrownBy(() -> TokenCheck.of(token))
                .hasMessageContaining(said)
                .hasMessageNotContaining(token);
        assertThat(TokenCheck.of(TOKEN)).hasToString("TokenCheck[required]");
    }

    private String account(String name, Role role, Instant from, boolean isDisabled) {
        User user = new User(name, role, new Scope(List.of(), role == Role.UNIT ? "fire" : ""));
        users.replace(List.of(new Account(user, "none", new Account.Standing(isDisabled, from, from, "test"))));
        return name;
    }

    private AccessDecision decide(String session, Instant now) {
        return door.decide(Policy.SIGNED_IN, caller(session), false, now).decision();
    }

    private static Caller caller(String session) {
        return new Caller(false, "hub.example", "", session, "", "");
    }
}
