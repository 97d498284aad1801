package io.fengsui.hub.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.access.user.Account;
import io.fengsui.hub.access.user.PasswordReason;
import io.fengsui.hub.access.user.Passwords;
import io.fengsui.hub.access.user.Scope;
import io.fengsui.hub.access.user.User;
import io.fengsui.hub.access.user.UserBook;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.ticket.workflow.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Passwords, and how guessing them is slowed down. */
class SignInTest {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final String RIGHT = "晋城-beacon-17";

    private final Passwords passwords = new Passwords();
    private final UserBook users = new UserBook(AreaBook.EMPTY);
    private final SignIn signIn = new SignIn(users, new Sessions(SessionSettings.DEFAULT), passwords);

    @Test
    void opensASessionForTheRightPasswordOnly() {
        account("li", false);

        assertThat(signIn.decide("li", RIGHT, "10.0.0.1", NOW)).isInstanceOf(SignIn.Done.class);
        assertThat(signIn.decide("li", RIGHT + " ", "10.0.0.1", NOW)).isInstanceOf(SignIn.Wrong.class);
        assertThat(signIn.decide("nobody", RIGHT, "10.0.0.1", NOW)).isInstanceOf(SignIn.Wrong.class);
        account("li", true);
        assertThat(signIn.decide("li", RIGHT, "10.0.0.1", NOW)).isInstanceOf(SignIn.Wrong.class);
    }

    @Test
    void hashesAreArgon2idSaltedAndOfTheSameTextInAnyForm() {
        String one = passwords.hash("ｐassword-é-17");
        String two = passwords.hash("password-e\u0301-17");

        assertThat(one).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(two);
        assertThat(passwords.matches("password-é-17", one)).isTrue();
        assertThat(passwords.matches("password-é-17", two)).isTrue();
        assertThat(passwords.matches("password-é-18", one)).isFalse();
        assertThat(passwords.matches("x", "plain text")).isFalse();
        assertThat(passwords.matches("x", "$argon2id$v=19$m=999999999,t=2,p=1$AAAA$AAAA"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "li, short-1, TOO_SHORT",
        "li, 晋城烽燧指挥台值班员, FINE",
        "zhang, my-zhang-is-here, LIKE_NAME",
        "li, aaaaaaaaaaaaaa, TOO_PLAIN",
        "li, abcdefghijkl, TOO_PLAIN",
        "li, 1234567890, TOO_PLAIN",
        "li, Password123, WELL_KNOWN",
        "li, woaini1314520, WELL_KNOWN",
        "li, correct horse battery, FINE",
    })
    void judgesPasswords(String name, String password, PasswordReason expected) {
        assertThat(Passwords.judge(name, password)).isEqualTo(expected);
        assertThat(Passwords.judge(name, "ab3".repeat(50))).isEqualTo(PasswordReason.TOO_LONG);
    }

    @Test
    void anAccountAnswersSlowerAfterWrongTriesAndNeverStopsAnswering() {
        Guesses guesses = new Guesses();
        for (int i = 0; i < Guesses.FREE; i++) {
            assertThat(guesses.begin("10.0.0." + i, "li", NOW)).isZero();
        }
        assertThat(guesses.begin("10.0.9.9", "li", NOW)).isEqualTo(Duration.ofSeconds(1));
        assertThat(guesses.begin("10.0.9.9", "wang", NOW)).isZero();
        Instant now = NOW;
        for (int i = 0; i < 100; i++) {
            now = now.plusSeconds(60);
            assertThat(guesses.begin("10.0.1." + i, "li", now)).isZero();
        }
        assertThat(guesses.begin("10.0.9.9", "li", now)).isEqualTo(Duration.ofMinutes(1));
        guesses.succeeded("10.0.9.9", "li");
        assertThat(guesses.begin("10.0.9.9", "li", now)).isZero();
    }

    @Test
    void triesThatAreStillLookedAtCountSoThatManyAtOnceAreNoWayAround() {
        Guesses guesses = new Guesses();
        long lookedAt = IntStream.range(0, 100)
                .filter(i -> guesses.begin("10.0.0." + i, "li", NOW).isZero())
                .count();
        assertThat(lookedAt).isEqualTo(Guesses.FREE);
    }

    @Test
    void whoeverSignedInFromAPlaceIsNotSlowedDownByGuessesFromElsewhere() {
        Guesses guesses = new Guesses();
        assertThat(guesses.begin("10.0.0.1", "li", NOW)).isZero();
        guesses.succeeded("10.0.0.1", "li");
        for (int i = 0; i < Guesses.FREE; i++) {
            guesses.begin("203.0.113." + i, "li", NOW);
        }
        assertThat(guesses.begin("203.0.113.99", "li", NOW)).isPositive();
        for (int i = 0; i < Guesses.FREE; i++) {
            assertThat(guesses.begin("10.0.0.1", "li", NOW)).isZero();
        }
        assertThat(guesses.begin("10.0.0.1", "li", NOW)).isPositive();
    }

    @Test
    void anAddressIsHeldUpForAMinuteWhateverNamesItTries() {
        Guesses guesses = new Guesses();
        for (int i = 0; i < Guesses.PER_ADDRESS; i++) {
            guesses.begin("10.0.0.1", "name-" + i, NOW.plusSeconds(i));
        }
        assertThat(guesses.begin("10.0.0.1", "fresh", NOW.plusSeconds(30))).isEqualTo(Duration.ofSeconds(30));
        assertThat(guesses.begin("10.0.0.2", "fresh", NOW.plusSeconds(30))).isZero();
        assertThat(guesses.begin("10.0.0.1", "another", NOW.plusSeconds(61))).isZero();
    }

    @Test
    void addressesOfOneNetworkCountAsOneAndThoseWhoSignInDoNotUseItUp() {
        Guesses guesses = new Guesses();
        for (int i = 0; i < 2 * Guesses.PER_ADDRESS; i++) {
            String person = "person-" + i;
            assertThat(guesses.begin("2001:db8:0:1:0:0:0:" + Integer.toHexString(i), person, NOW))
                    .isZero();
            guesses.succeeded("2001:db8:0:1:0:0:0:" + Integer.toHexString(i), person);
        }
        for (int i = 0; i < Guesses.PER_ADDRESS; i++) {
            guesses.begin("2001:db8:0:1:0:0:0:" + Integer.toHexString(i), "name-" + i, NOW);
        }
        assertThat(guesses.begin("2001:db8:0:1:ffff:0:0:1", "fresh", NOW)).isPositive();
        assertThat(guesses.begin("2001:db8:0:2:ffff:0:0:1", "fresh", NOW)).isZero();
    }

    @Test
    void waitsWithoutLookingAtThePassword() {
        account("li", false);
        for (int i = 0; i < Guesses.FREE; i++) {
            signIn.decide("li", "wrong password", "10.0.0.1", NOW);
        }
        assertThat(signIn.decide("li", RIGHT, "10.0.0.1", NOW)).isInstanceOf(SignIn.Wait.class);
        assertThat(signIn.decide("li", RIGHT, "10.0.0.1", NOW.plusSeconds(2))).isInstanceOf(SignIn.Done.class);
    }

    @Test
    void aPasswordThatMayBeSetCanBeTypedAgainHoweverItIsWritten() {
        String long128 = "e\u0301\u0302-晋城".repeat(24) + "beacon-1"; // 128 letters of the composed form or more
        for (String password : List.of(
                "e\u0301".repeat(20) + "beacon17",
                "\uD83D\uDD25\uD83C\uDFE0晋城烽燧".repeat(21),
                "\u1112\u1161\u11ab\u1100\u1173\u11af".repeat(40) + "beacon17",
                long128)) {
            if (Passwords.judge("li", password) == PasswordReason.FINE) {
                assertThat(passwords.matches(password, passwords.hash(password)))
                        .as(password)
                        .isTrue();
            }
        }
        assertThat(Passwords.judge("li", "\u1112\u1161\u11ab\u1100\u1173\u11af".repeat(40) + "beacon17"))
                .isEqualTo(PasswordReason.FINE);
    }

    @Test
    void theSetUpCodeIsGoodForOneUseTenTriesAndAnHour() {
        SetUpCode code = new SetUpCode();
        assertThat(code.isRight("", NOW)).isFalse();
        String first = code.make(NOW);
        assertThat(code.isRight(first, NOW.plus(SetUpCode.GOOD_FOR).plusSeconds(1)))
                .isFalse();
        String typed = " "
                + first.toLowerCase(Locale.ROOT)
                        .replace("-", "")
                        .replace('0', 'o')
                        .replace('1', 'l');
        assertThat(code.isRight(typed, NOW)).isTrue();
        assertThat(code.isRight(first, NOW)).as("until it is spent").isTrue();
        code.spend();
        assertThat(code.isRight(first, NOW)).isFalse();

        String second = code.make(NOW);
        for (int i = 0; i < 10; i++) {
            assertThat(code.isRight("0000-0000-0000-0000", NOW)).isFalse();
        }
        assertThat(code.isRight(second, NOW)).isFalse();
    }

    private void account(String name, boolean isDisabled) {
        User user = new User(name, Role.ADMIN, Scope.EVERYWHERE);
        users.replace(
                List.of(new Account(user, passwords.hash(RIGHT), new Account.Standing(isDisabled, NOW, NOW, "test"))));
    }
}
