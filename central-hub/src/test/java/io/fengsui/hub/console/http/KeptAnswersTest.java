package io.fengsui.hub.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import io.fengsui.hub.access.answer.AnswerSettings;
import io.fengsui.hub.access.answer.KeptAnswer;
import io.fengsui.hub.access.answer.KeptAnswer.Claim;
import io.fengsui.hub.access.user.User;
import io.fengsui.protocol.value.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept under a key, for how long, and how much of it. */
class KeptAnswersTest {
    private static final AnswerSettings LIMITS = AnswerSettings.DEFAULT;
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final Sha256 ONE = Sha256.hashOf(new byte[] {1});
    private static final Sha256 OTHER = Sha256.hashOf(new byte[] {2});
    private static final AggregatedHttpResponse CREATED =
            AggregatedHttpResponse.of(HttpStatus.CREATED, MediaType.JSON_UTF_8, "{}");

    private final Stored stored = new Stored();
    private final KeptAnswers answers = new KeptAnswers(LIMITS, stored::keep, List.of());

    @Test
    void theSameRequestIsDoneOnceAndAnotherUnderItsKeyNever() {
        Claim claim = claim("k");
        assertThat(answers.claim(claim, ONE, NOW)).isInstanceOf(KeptAnswers.Fresh.class);
        assertThat(answers.claim(claim, ONE, NOW)).isInstanceOf(KeptAnswers.UnderWay.class);
        assertThat(answers.claim(claim, OTHER, NOW)).isInstanceOf(KeptAnswers.Different.class);
        var _ = answers.done(claim, CREATED, false, NOW);
        assertThat(answers.claim(claim, ONE, NOW)).isEqualTo(new KeptAnswers.Done(CREATED));
        assertThat(answers.claim(claim, OTHER, NOW)).isInstanceOf(KeptAnswers.Different.class);
        assertThat(answers.claim(KeptAnswers.claim(User.LOCAL, "k"), ONE, NOW)).isInstanceOf(KeptAnswers.Fresh.class);

        assertThat(answers.claim(claim, OTHER, NOW.plus(LIMITS.goodFor()).plusSeconds(1)))
                .isInstanceOf(KeptAnswers.Fresh.class);
    }

    @Test
    void whatWasRefusedOrFailedOrCarriesACookieMayBeAskedAgain() {
        Claim claim = claim("k");
        answers.claim(claim, ONE, NOW);
        answers.undone(claim);
        assertThat(answers.claim(claim, OTHER, NOW)).isInstanceOf(KeptAnswers.Fresh.class);
        var _ = answers.done(claim, AggregatedHttpResponse.of(HttpStatus.CONFLICT), false, NOW);
        assertThat(answers.claim(claim, ONE, NOW)).isInstanceOf(KeptAnswers.Fresh.class);
        var _ = answers.done(
                claim,
                AggregatedHttpResponse.of(ResponseHeaders.of(HttpStatus.NO_CONTENT, HttpHeaderNames.SET_COOKIE, "a=b")),
                false,
                NOW);
        assertThat(answers.claim(claim, ONE, NOW)).isInstanceOf(KeptAnswers.Fresh.class);
        assertThat(stored.rows).isEmpty();
    }

    @Test
    void keepsABoundedNumberOfAnswersAndBytesTheNewest() {
        for (int i = 0; i < LIMITS.most() + 5; i++) {
            keep("k-" + i, CREATED);
        }
        assertThat(answers.count()).isEqualTo(LIMITS.most());
        assertThat(answers.claim(claim("k-4"), OTHER, NOW)).isInstanceOf(KeptAnswers.Fresh.class);
        assertThat(answers.claim(claim("k-5"), OTHER, NOW)).isInstanceOf(KeptAnswers.Different.class);

        AggregatedHttpResponse large =
                AggregatedHttpResponse.of(ResponseHeaders.of(HttpStatus.OK), HttpData.wrap(new byte[200 << 10]));
        for (int i = 0; i < 400; i++) {
            keep("large-" + i, large);
        }
        assertThat(answers.count()).isLessThanOrEqualTo((int) (LIMITS.mostBytes() / (200 << 10)) + 1);
        assertThat(answers.claim(claim("large-399"), OTHER, NOW)).isInstanceOf(KeptAnswers.Different.class);
    }

    @Test
    void whatIsStoredIsKnownInTheNextLifeAndNoPasswordIs() {
        AggregatedHttpResponse made = AggregatedHttpResponse.of(
                ResponseHeaders.builder(HttpStatus.CREATED)
                        .contentType(MediaType.JSON_UTF_8)
                        .set(HttpHeaderNames.ETAG, "\"7\"")
                        .build(),
                HttpData.ofUtf8("{\"id\":\"烽燧\"}"));
        answers.claim(claim("open"), ONE, NOW);
        var _ = answers.done(claim("open"), made, false, NOW);
        answers.claim(claim("secret"), ONE, NOW);
        var _ = answers.done(claim("secret"), made, true, NOW);
        answers.claim(claim("large"), ONE, NOW);
        var _ = answers.done(
                claim("large"),
                AggregatedHttpResponse.of(ResponseHeaders.of(HttpStatus.OK), HttpData.wrap(new byte[40 << 10])),
                false,
                NOW);
        assertThat(stored.rows).extracting(row -> row.claim().key()).containsExactly("open");

        List<KeptAnswer> read = stored.rows.stream()
                .flatMap(row -> KeptAnswer.read(whole(row)).stream())
                .toList();
        assertThat(read).isEqualTo(stored.rows);
        assertThat(stored.rows.getFirst().texts()).containsOnlyKeys("owner", "key", "request", "status", "until");
        assertThat(KeptAnswer.read(stored.rows.getFirst().texts())).isEmpty();
        KeptAnswers next = new KeptAnswers(LIMITS, KeptAnswers.Shelf.NONE, read);
        assertThat(next.claim(claim("open"), ONE, NOW)).isEqualTo(new KeptAnswers.Done(made));
        assertThat(next.claim(claim("open"), OTHER, NOW)).isInstanceOf(KeptAnswers.Different.class);
        assertThat(next.claim(claim("secret"), OTHER, NOW)).isInstanceOf(KeptAnswers.Fresh.class);
    }

    private static Map<String, String> whole(KeptAnswer row) {
        Map<String, String> whole = new TreeMap<>(row.texts());
        whole.putAll(row.words());
        return whole;
    }

    private static final class Stored {
        private final List<KeptAnswer> rows = new ArrayList<>();

        CompletableFuture<Boolean> keep(KeptAnswer answer) {
            rows.add(answer);
            return CompletableFuture.completedFuture(true);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "abc, abc",
        "'\"abc\"', abc",
        "8e03978e-40d5-43dd-bc93-6894a57f9324, 8e03978e-40d5-43dd-bc93-6894a57f9324"
    })
    void readsAKeyWithAndWithoutItsQuotationMarks(String header, String key) {
        assertThat(IdempotencyKey.of(headers(header))).hasValue(key);
        assertThat(IdempotencyKey.of(RequestHeaders.of(HttpMethod.POST, "/"))).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"''", "'\"\"'", "two words", "'\"abc'", "烽燧"})
    void refusesWhatIsNoKey(String header) {
        Assertions.assertThatThrownBy(() -> IdempotencyKey.of(headers(header))).isInstanceOf(ProblemException.class);
        Assertions.assertThatThrownBy(() -> IdempotencyKey.of(headers("x".repeat(129))))
                .isInstanceOf(ProblemException.class);
    }

    private static RequestHeaders headers(String key) {
        return RequestHeaders.of(HttpMethod.POST, "/", "idempotency-key", key);
    }

    private static Claim claim(String key) {
        return KeptAnswers.claim(User.TOKEN, key);
    }

    private void keep(String key, AggregatedHttpResponse answer) {
        answers.claim(claim(key), ONE, NOW);
        var _ = answers.done(claim(key), answer, false, NOW);
    }
}
