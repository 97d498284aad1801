package io.fengsui.benchmarks.chaos.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The oracle finds each fault that it is there for. */
class OracleTest {
    private static final Obligations.Book BOOK =
            new Obligations.Book(Map.of("a", "1", "b", "2", "c", "3"), Set.of("a", "b"));
    private static final List<Found> ALL = List.of(new Found("a", "1"), new Found("b", "2"));

    @TempDir
    Path folder;

    private static Judgement judge(List<Found> stored) {
        return Oracle.judge(BOOK, stored, Tickets.NONE, true);
    }

    private static Judgement judge(Set<String> expected, List<String> found) {
        return Oracle.judge(BOOK, ALL, new Tickets(expected, found), true);
    }

    @Test
    void isContentWhenAllThatWasAcknowledgedIsThere() {
        Judgement judgement = judge(ALL);
        assertThat(judgement.isKept()).isTrue();
        assertThat(judgement.losses()).isZero();
        assertThat(judgement.complaint()).isEmpty();
        assertThat(judgement.acknowledged()).isEqualTo(2);
    }

    @Test
    void whatWasIssuedAndNotAcknowledgedMayBeThere() {
        assertThat(judge(List.of(new Found("a", "1"), new Found("b", "2"), new Found("c", "3")))
                        .isKept())
                .isTrue();
    }

    @Test
    void findsWhatIsLost() {
        Judgement judgement = judge(List.of(new Found("a", "1"), new Found("c", "3")));
        assertThat(judgement.lost()).containsExactly("b");
        assertThat(judgement.losses()).isEqualTo(1);
        assertThat(judgement.isKept()).isFalse();
        assertThat(judgement.complaint()).contains("lost 1").contains("b");
    }

    @Test
    void findsWhatNobodyIssued() {
        Judgement judgement = judge(List.of(new Found("a", "1"), new Found("b", "2"), new Found("x", "1")));
        assertThat(judgement.unknown()).containsExactly("x");
        assertThat(judgement.isKept()).isFalse();
    }

    @Test
    void findsAnotherPayload() {
        Judgement judgement = judge(List.of(new Found("a", "1"), new Found("b", "3")));
        assertThat(judgement.altered()).containsExactly("b");
        assertThat(judgement.losses()).isEqualTo(1);
        assertThat(judgement.isKept()).isFalse();
    }

    @Test
    void countsWhatIsThereTwice() {
        Judgement judgement = judge(List.of(new Found("a", "1"), new Found("b", "2"), new Found("a", "1")));
        assertThat(judgement.repeated()).containsExactly("a");
    }

    @Test
    void findsTicketsThatAreMissingDoubledOrUnknown() {
        assertThat(judge(Set.of("k", "l"), List.of("l", "k")).isKept()).isTrue();
        assertThat(judge(Set.of("k", "l"), List.of("k")).ticketsMissing()).containsExactly("l");
        assertThat(judge(Set.of("k"), List.of("k", "k")).ticketsDoubled()).containsExactly("k");
        assertThat(judge(Set.of("k"), List.of("k", "z")).ticketsUnknown()).containsExactly("z");
        assertThat(judge(Set.of("k", "l"), List.of("k")).isKept()).isFalse();
        assertThat(judge(Set.of("k"), List.of("k", "k")).isKept()).isFalse();
        assertThat(judge(Set.of("k"), List.of("k", "z")).isKept()).isFalse();
    }

    @Test
    void isNotContentWhenNothingPassesAnyMore() {
        assertThat(Oracle.judge(BOOK, ALL, Tickets.NONE, false).isKept()).isFalse();
    }

    @Test
    void obligationsSurviveInTheirFile() throws IOException {
        Path file = folder.resolve("obligations");
        try (Obligations first = Obligations.append(file)) {
            first.issued("a", "1");
            first.issued("b", "2");
            first.acknowledged("a");
        }
        try (Obligations second = Obligations.append(file)) {
            second.issued("c", "3");
            second.acknowledged(List.of("b", "c"));
        }
        Obligations.Book book = Obligations.read(file);
        assertThat(book.issued()).isEqualTo(Map.of("a", "1", "b", "2", "c", "3"));
        assertThat(book.acknowledged()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void aTornLastLineIsNoObligation() throws IOException {
        Path file = Files.writeString(folder.resolve("torn"), "I a 1\nA a\nI b 2\nA b");
        assertThat(Obligations.read(file).acknowledged()).containsExactly("a");
        assertThat(Obligations.read(folder.resolve("none")).issued()).isEmpty();
    }

    @Test
    void aFileThatMakesNoSenseIsRefused() throws IOException {
        Path odd = Files.writeString(folder.resolve("odd"), "I a 1\nwhat\nA a\n");
        assertThatThrownBy(() -> Obligations.read(odd)).hasMessageContaining("what");
        Path twice = Files.writeString(folder.resolve("twice"), "I a 1\nI a 1\n");
        assertThatThrownBy(() -> Obligations.read(twice)).hasMessageContaining("twice");
    }
}
