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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Passwords, and how guessing them is slowed down. */
class SignInTest {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final String RIGHT = "晋城-beacon-17";

    private final Passwords passwords = new Passwords();
    private final UserBook users = new UserBook(AreaBook.EMPTY);
    private final SignIn signIn = new SignIn(users, new Sessions(), passwords);

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
            assertThat(guesses.pause("10.0.0." + i, "li", NOW)).isZero();
            guesses.failed("10.0.0." + i, "li", NOW);
        }
        assertThat(guesses.pause("10.0.9.9", "li", NOW)).isEqualTo(Duration.ofSeconds(1));
        assertThat(guesses.pause("10.0.9.9", "wang", NOW)).isZero();
        for (int i = 0; i < 100; i++) {
            guesses.failed("10.0.1." + i, "li", NOW);
        }
        assertThat(guesses.pause("10.0.9.9", "li", NOW)).isEqualTo(Duration.ofMinutes(1));
        guesses.succeeded("li");
        assertThat(guesses.pause("10.0.9.9", "li", NOW)).isZero();
    }

    @Test
    void anAddressIsHeldUpForAMinuteWhateverNamesItTries() {
        Guesses guesses = new Guesses();
        for (int i = 0; i < Guesses.PER_ADDRESS; i++) {
            guesses.failed("10.0.0.1", "name-" + i, NOW.plusSeconds(i));
        }
        assertThat(guesses.pause("10.0.0.1", "fresh", NOW.plusSeconds(30))).isEqualTo(Duration.ofSeconds(30));
        assertThat(guesses.pause("10.0.0.2", "fresh", NOW.plusSeconds(30))).isZero();
        assertThat(guesses.pause("10.0.0.1", "fresh", NOW.plusSeconds(61))).isZero();
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
    void theSetUpCodeIsGoodForOneUseTenTriesAndAnHour() {
        SetUpCode code = new SetUpCode();
        String first = code.make(NOW);
        assertThat(code.take(first, NOW.plus(SetUpCode.GOOD_FOR).plusSeconds(1)))
                .isFalse();
        assertThat(code.take(first.toLowerCase(java.util.Locale.ROOT), NOW)).isTrue();
        assertThat(code.take(first, NOW)).isFalse();

        String second = code.make(NOW);
        for (int i = 0; i < 10; i++) {
            assertThat(code.take("0000-0000-0000-0000", NOW)).isFalse();
        }
        assertThat(code.take(second, NOW)).isFalse();
    }

    private void account(String name, boolean isDisabled) {
        User user = new User(name, Role.ADMIN, Scope.EVERYWHERE);
        users.replace(
                List.of(new Account(user, passwords.hash(RIGHT), new Account.Standing(isDisabled, NOW, NOW, "test"))));
    }
}
