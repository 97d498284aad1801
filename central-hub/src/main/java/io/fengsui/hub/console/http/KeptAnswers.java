package io.fengsui.hub.console.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatusClass;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.fengsui.hub.access.answer.AnswerSettings;
import io.fengsui.hub.access.answer.KeptAnswer;
import io.fengsui.hub.access.answer.KeptAnswer.Claim;
import io.fengsui.hub.access.user.User;
import io.fengsui.protocol.value.Sha256;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What changes were answered, by their {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key-header): what is sent
 * again is not done again. A key is its sender's own, with the rights that they have at the time. Only answers that
 * something was done (2xx) are kept, as many and for as long as {@link AnswerSettings} say; none that carries a cookie. Those of at most {@value #MOST_STORED} bytes are also stored, before
 * they are given, and known after a restart; not those of routes whose requests hold passwords. Thread-safe, never blocks.
 */
public final class KeptAnswers {
    private static final int MOST_OF_ONE = 256 << 10;
    private static final int MOST_STORED = 32 << 10;

    /** Stores an answer: true once that is committed. */
    @FunctionalInterface
    public interface Shelf {
        Shelf NONE = answer -> CompletableFuture.completedFuture(true);

        CompletableFuture<Boolean> keep(KeptAnswer answer);
    }

    /** What is known of a key. */
    sealed interface Found {}

    /** Nothing: it may be done, and {@link #done} or {@link #undone} has to be said then. */
    record Fresh() implements Found {}

    record Done(AggregatedHttpResponse answer) implements Found {}

    /** The same request is being worked on. */
    record UnderWay() implements Found {}

    /** The key was used for something else. */
    record Different() implements Found {}

    private record Entry(Sha256 request, @Nullable AggregatedHttpResponse answer, Instant until) {
        int bytes() {
            return answer == null ? 0 : answer.content().length();
        }
    }

    private final Map<Claim, Entry> entries = new LinkedHashMap<>();
    private final byte[] salt = new byte[16];
    private final AnswerSettings settings;
    private final Shelf shelf;
    private long bytes;

    /** @param stored what an earlier life of the hub has kept, oldest first */
    public KeptAnswers(AnswerSettings settings, Shelf shelf, Collection<KeptAnswer> stored) {
        this.settings = settings;
        this.shelf = shelf;
        new SecureRandom().nextBytes(salt);
        for (KeptAnswer one : stored) {
            put(one.claim(), new Entry(one.request(), answer(one.said()), one.until()));
        }
    }

    /** Whose key: nobody else's, and theirs no more when their rights are others. */
    static Claim claim(User user, String key) {
        String rights = String.join(
                "\n",
                user.name(),
                user.roleLabel(),
                String.join(" ", user.scope().areas()),
                user.scope().unit());
        return new Claim(Sha256.hashOf(rights.getBytes(UTF_8)).hex(), key);
    }

    /** Of method, address and body; salted where the body may hold a password. */
    Sha256 fingerprint(AggregatedHttpRequest request, boolean isSecret) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        if (isSecret) {
            content.writeBytes(salt);
        }
        content.writeBytes((request.method() + " " + request.path() + "\n").getBytes(UTF_8));
        content.writeBytes(request.content().array());
        return Sha256.hashOf(content.toByteArray());
    }

    synchronized Found claim(Claim claim, Sha256 request, Instant now) {
        Entry known = entries.get(claim);
        if (known != null && known.answer() != null && known.until().isBefore(now)) {
            remove(claim);
            known = null;
        }
        if (known == null) {
            entries.put(claim, new Entry(request, null, now.plus(settings.goodFor())));
            return new Fresh();
        }
        if (!known.request().equals(request)) {
            return new Different();
        }
        return known.answer() == null ? new UnderWay() : new Done(known.answer());
    }

    /**
     * It was answered: kept if something was done, and forgotten otherwise. Completes when it may be given: what was done
     * is done, whether or not the answer could be stored.
     */
    CompletableFuture<Boolean> done(Claim claim, AggregatedHttpResponse answer, boolean isSecret, Instant now) {
        Entry entry = settle(claim, answer, now);
        return entry == null || isSecret || entry.bytes() > MOST_STORED
                ? CompletableFuture.completedFuture(false)
                : shelf.keep(new KeptAnswer(claim, entry.request(), said(answer), entry.until()))
                        .exceptionally(error -> false);
    }

    private synchronized @Nullable Entry settle(Claim claim, AggregatedHttpResponse answer, Instant now) {
        Entry claimed = entries.get(claim);
        boolean isKept = answer.status().codeClass() == HttpStatusClass.SUCCESS
                && !answer.headers().contains(HttpHeaderNames.SET_COOKIE)
                && answer.content().length() <= MOST_OF_ONE;
        remove(claim);
        if (claimed == null || !isKept) {
            return null;
        }
        Entry entry = new Entry(claimed.request(), answer, now.plus(settings.goodFor()));
        put(claim, entry);
        return entry;
    }

    private void put(Claim claim, Entry entry) {
        entries.put(claim, entry);
        bytes += entry.bytes();
        makeRoom();
    }

    private static KeptAnswer.Said said(AggregatedHttpResponse answer) {
        Map<String, String> headers = new TreeMap<>();
        answer.headers().forEach((name, value) -> {
            if (name.charAt(0) != ':') {
                headers.put(name.toString(), value);
            }
        });
        return new KeptAnswer.Said(answer.status().code(), headers, answer.contentUtf8());
    }

    private static AggregatedHttpResponse answer(KeptAnswer.Said said) {
        ResponseHeadersBuilder headers = ResponseHeaders.builder(said.status());
        said.headers().forEach(headers::set);
        return AggregatedHttpResponse.of(headers.build(), HttpData.ofUtf8(said.body()));
    }

    /** It failed without an answer. */
    synchronized void undone(Claim claim) {
        remove(claim);
    }

    private void remove(Claim claim) {
        Entry removed = entries.remove(claim);
        bytes -= removed == null ? 0 : removed.bytes();
    }

    private void makeRoom() {
        Iterator<Entry> oldest = entries.values().iterator();
        while ((entries.size() > settings.most() || bytes > settings.mostBytes()) && oldest.hasNext()) {
            Entry entry = oldest.next();
            if (entry.answer() != null) {
                bytes -= entry.bytes();
                oldest.remove();
            }
        }
    }

    synchronized int count() {
        return entries.size();
    }
}
