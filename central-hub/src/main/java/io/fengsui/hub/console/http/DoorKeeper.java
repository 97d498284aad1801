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
import io.fengsui.hub.access.Door;
import io.fengsui.hub.access.Policy;
import io.fengsui.runtime.TimeSource;

/** Stands before one route: asks the {@link Door} and turns a refusal into an answer. Event loop; never blocks. */
final class DoorKeeper extends SimpleDecoratingHttpService {
    private final Policy policy;
    private final Door door;
    private final TimeSource time;

    DoorKeeper(HttpService service, Policy policy, Door door, TimeSource time) {
        super(service);
        this.policy = policy;
        this.door = door;
        this.time = time;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
        HttpMethod method = request.method();
        boolean isChange = method != HttpMethod.GET && method != HttpMethod.HEAD && method != HttpMethod.OPTIONS;
        AccessDecision decision = door.decide(policy, caller(context, request.headers()), isChange, time.wall());
        return decision.isAllowed() ? unwrap().serve(context, request) : refusal(decision, request.headers());
    }

    private static Caller caller(ServiceRequestContext context, RequestHeaders headers) {
        boolean isForwarded = headers.contains("x-forwarded-for") || headers.contains("forwarded");
        boolean isLoopback = context.remoteAddress().getAddress().isLoopbackAddress();
        String session = headers.cookies().stream()
                .filter(cookie -> cookie.name().equals(SessionCookie.NAME))
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

    private static HttpResponse refusal(AccessDecision decision, RequestHeaders headers) {
        boolean isPage = headers.get(HttpHeaderNames.ACCEPT, "").contains("text/html");
        return switch (decision) {
            case ALLOWED -> throw new IllegalStateException("allowed is no refusal");
            case TOKEN_MISSING, TOKEN_WRONG ->
                isPage
                        ? HttpResponse.of(ResponseHeaders.of(
                                HttpStatus.SEE_OTHER,
                                HttpHeaderNames.LOCATION,
                                "/login",
                                HttpHeaderNames.CACHE_CONTROL,
                                "no-store"))
                        : new Problem(
                                        ProblemType.TOKEN_NEEDED,
                                        "请在 /login 登录,或带上 Authorization: Bearer 令牌",
                                        "log in at /login, or send Authorization: Bearer with the token")
                                .toResponse(headers);
            case NOT_LOCAL ->
                refuse(
                        "未配置令牌时只允许本机访问;请在配置中设置 token-file",
                        "without a token only this machine may ask; set token-file in the configuration",
                        headers);
            case FOREIGN_HOST ->
                refuse(
                        "未配置令牌时请用 127.0.0.1 或 localhost 访问",
                        "without a token use 127.0.0.1 or localhost as the address",
                        headers);
            case FOREIGN_ORIGIN ->
                refuse("不接受其他网站页面发起的更改", "changes asked for by pages of other sites are refused", headers);
        };
    }

    private static HttpResponse refuse(String zh, String en, RequestHeaders headers) {
        return new Problem(ProblemType.NOT_ALLOWED_HERE, zh, en).toResponse(headers);
    }
}
