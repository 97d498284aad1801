package io.fengsui.hub.console.http;

import com.linecorp.armeria.common.Cookie;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import io.fengsui.hub.access.AccessDecision;
import io.fengsui.hub.access.Caller;
import io.fengsui.hub.access.RateLimit;
import io.fengsui.hub.access.Visit;
import io.fengsui.hub.access.user.User;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Stands before one route: asks the door and whether this caller asks too often, turns a refusal into an answer, and
 * lays every change down in the audit, with what became of it, before it is answered. Event loop; never blocks.
 */
final class DoorKeeper extends SimpleDecoratingHttpService {
    private static final String A_YEAR = "max-age=31536000";

    private final Route route;
    private final Routes.Front front;
    private final RateLimit limit;

    DoorKeeper(HttpService service, Route route, Routes.Front front, RateLimit limit) {
        super(service);
        this.limit = limit;
        this.route = route;
        this.front = front;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
        HttpMethod method = request.method();
        boolean isChange = method != HttpMethod.GET && method != HttpMethod.HEAD && method != HttpMethod.OPTIONS;
        if (context.sessionProtocol().isTls()) {
            // RFC 6797: whoever came over TLS once does not come without it. Browsers heed it of trusted certificates
            // only.
            context.mutateAdditionalResponseHeaders(
                    headers -> headers.set(HttpHeaderNames.STRICT_TRANSPORT_SECURITY, A_YEAR));
        }
        Caller caller = caller(context, request.headers());
        Visit visit = front.door()
                .decide(route.policy(), caller, isChange, front.time().wall());
        Duration wait = pause(context, caller, visit);
        if (!wait.isZero()) {
            return tooMany(wait).toResponse(request.headers());
        }
        Visitor.entered(
                context,
                visit,
                () -> front.door().isStillIn(caller, front.time().wall()));
        if (!visit.decision().isAllowed()) {
            HttpResponse refusal = refusal(visit.decision(), request.headers());
            return visit.user() == null ? refusal : audited(context, refusal);
        }
        HttpResponse answer = unwrap().serve(context, request).mapHeaders(this::putOff);
        return isChange && visit.user() != null ? audited(context, answer) : answer;
    }

    /**
     * Whoever is signed in counts by name, also where nobody has to be: many of them may come from one address. What is
     * refused does not: another site's page could ask in their name.
     */
    private Duration pause(ServiceRequestContext context, Caller caller, Visit visit) {
        if (!route.isCounted()) {
            return Duration.ZERO;
        }
        User known = visit.user();
        if (known == null && visit.decision().isAllowed()) {
            known = front.door().shown(caller, front.time().wall()).orElse(null);
        }
        return limit.take(known, Visitor.address(context), front.time().steadyNanos());
    }

    private static Problem tooMany(Duration wait) {
        return new Problem(ProblemType.TOO_MANY, "请求过于频繁,请稍后再试", "you ask more often than is answered; wait a little")
                .after(wait);
    }

    /** Says when to come again, where whoever answered did not know. */
    private ResponseHeaders putOff(ResponseHeaders headers) {
        return headers.status().equals(HttpStatus.SERVICE_UNAVAILABLE) && !headers.contains(HttpHeaderNames.RETRY_AFTER)
                ? headers.toBuilder()
                        .set(
                                HttpHeaderNames.RETRY_AFTER,
                                Problem.seconds(front.backlog().get()))
                        .build()
                : headers;
    }

    private HttpResponse audited(ServiceRequestContext context, HttpResponse answer) {
        String action = route.method() + " " + route.path();
        return HttpResponse.of(answer.aggregate().thenCompose(whole -> {
            String outcome = Integer.toString(whole.status().code());
            CompletableFuture<Boolean> noted = front.audit().note(context, action, Visitor.subject(context), outcome);
            return noted.handle((isNoted, error) -> whole.toHttpResponse());
        }));
    }

    private static Caller caller(ServiceRequestContext context, RequestHeaders headers) {
        boolean isForwarded = headers.contains("x-forwarded-for") || headers.contains("forwarded");
        boolean isLoopback = context.remoteAddress().getAddress().isLoopbackAddress();
        String name = SessionCookie.name(context.sessionProtocol().isTls());
        String session = headers.cookies().stream()
                .filter(cookie -> cookie.name().equals(name))
                .map(Cookie::value)
                .findFirst()
                .orElse("");
        return new Caller(
                isLoopback && !isForwarded,
                headers.get(HttpHeaderNames.AUTHORITY, headers.get(HttpHeaderNames.HOST, "")),
                headers.get(HttpHeaderNames.AUTHORIZATION, ""),
                session,
                headers.get(HttpHeaderNames.ORIGIN, ""),
                headers.get("sec-fetch-site", ""));
    }

    private HttpResponse refusal(AccessDecision decision, RequestHeaders headers) {
        return switch (decision) {
            case ALLOWED -> throw new IllegalStateException("allowed is no refusal");
            case SIGN_IN_NEEDED, TOKEN_WRONG -> signIn(headers);
            case ROLE_TOO_SMALL ->
                new Problem(ProblemType.ROLE_NOT_ALLOWED, "您的角色无权执行此操作", "your role may not do this")
                        .toResponse(headers);
            case FOREIGN_ORIGIN ->
                new Problem(
                                ProblemType.NOT_ALLOWED_HERE,
                                "不接受其他网站页面发起的更改",
                                "changes asked for by pages of other sites are refused")
                        .toResponse(headers);
        };
    }

    private HttpResponse signIn(RequestHeaders headers) {
        boolean isPage = headers.get(HttpHeaderNames.ACCEPT, "").contains("text/html");
        if (isPage) {
            return HttpResponse.of(ResponseHeaders.of(
                    HttpStatus.SEE_OTHER,
                    HttpHeaderNames.LOCATION,
                    front.door().needsSetUp() ? "/setup" : "/login",
                    HttpHeaderNames.CACHE_CONTROL,
                    "no-store"));
        }
        return new Problem(
                        ProblemType.TOKEN_NEEDED,
                        "请在 /login 登录,或带上 Authorization: Bearer 令牌",
                        "sign in at /login, or send Authorization: Bearer with the token")
                .toResponse(headers);
    }
}
