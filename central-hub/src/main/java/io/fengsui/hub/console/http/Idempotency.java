package io.fengsui.hub.console.http;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import io.fengsui.hub.access.answer.KeptAnswer.Claim;
import io.fengsui.hub.access.user.User;
import io.fengsui.runtime.TimeSource;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a route that changes something, behind the {@link DoorKeeper}: a request with an {@code Idempotency-Key}
 * is done once, and answered the same way when it comes again ({@code idempotency-replayed: true}). Event loop; never
 * blocks.
 */
final class Idempotency extends SimpleDecoratingHttpService {
    private static final Duration SHORTLY = Duration.ofSeconds(1);
    private static final String REPLAYED = "idempotency-replayed";

    private final KeptAnswers answers;
    private final boolean isSecret;
    private final TimeSource time;

    Idempotency(HttpService service, KeptAnswers answers, boolean isSecret, TimeSource time) {
        super(service);
        this.isSecret = isSecret;
        this.answers = answers;
        this.time = time;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
        HttpMethod method = request.method();
        boolean isLook = method == HttpMethod.GET || method == HttpMethod.HEAD || method == HttpMethod.OPTIONS;
        @Nullable User user = Visitor.known(context);
        if (isLook || user == null) {
            return unwrap().serve(context, request);
        }
        Optional<String> key;
        try {
            key = IdempotencyKey.of(request.headers());
        } catch (ProblemException e) {
            return e.problem().toResponse(request.headers());
        }
        return key.isEmpty()
                ? unwrap().serve(context, request)
                : once(context, request, KeptAnswers.claim(user, key.get()));
    }

    private HttpResponse once(ServiceRequestContext context, HttpRequest request, Claim claim) {
        return HttpResponse.of(request.aggregate().thenApply(whole -> {
            return switch (answers.claim(claim, answers.fingerprint(whole, isSecret), time.wall())) {
                case KeptAnswers.Fresh fresh -> work(context, whole, claim);
                case KeptAnswers.Done(AggregatedHttpResponse answer) -> again(answer);
                case KeptAnswers.UnderWay underWay ->
                    new Problem(
                                    ProblemType.KEY_UNDER_WAY,
                                    "同一 Idempotency-Key 的请求正在处理,请稍后再取结果",
                                    "a request with this Idempotency-Key is being worked on; ask again shortly")
                            .after(SHORTLY)
                            .toResponse(request.headers());
                case KeptAnswers.Different different ->
                    new Problem(
                                    ProblemType.KEY_REUSED,
                                    "此 Idempotency-Key 已用于另一请求,请换一个",
                                    "this Idempotency-Key was used for another request; take a new one")
                            .toResponse(request.headers());
            };
        }));
    }

    private HttpResponse work(ServiceRequestContext context, AggregatedHttpRequest whole, Claim claim) {
        try {
            return HttpResponse.of(unwrap().serve(context, whole.toHttpRequest())
                    .aggregate()
                    .whenComplete((answer, error) -> {
                        if (answer == null) {
                            answers.undone(claim);
                        }
                    })
                    .thenCompose(answer -> answers.done(claim, answer, isSecret, time.wall())
                            .thenApply(isStored -> answer.toHttpResponse())));
        } catch (Exception e) {
            answers.undone(claim);
            return HttpResponse.ofFailure(e);
        }
    }

    private static HttpResponse again(AggregatedHttpResponse answer) {
        return HttpResponse.of(
                answer.headers().toBuilder().set(REPLAYED, "true").build(), answer.content());
    }
}
