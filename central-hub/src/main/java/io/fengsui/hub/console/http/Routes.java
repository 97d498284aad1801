package io.fengsui.hub.console.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import io.fengsui.hub.access.Door;
import io.fengsui.hub.access.RateLimit;
import io.fengsui.hub.access.RateSettings;
import io.fengsui.runtime.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Binds routes to a server: each behind the door, with a limit on what may be sent to it, errors as problems. */
public final class Routes {
    /**
     * How long a request whose answer is complete may go on sending. An answer given before the body has come (405,
     * 413) else resets the stream at once, and a client may then lose the answer with it (RFC 9113 section 8.1).
     */
    private static final Duration LATE_BODY = Duration.ofSeconds(1);
    /** Where the server itself gave up on a request. */
    private static final Duration SHORTLY = Duration.ofSeconds(5);

    private Routes() {}

    /**
     * What all routes stand behind.
     *
     * @param backlog in how long the hub expects to be done with what waits: told to whoever is put off with 503
     */
    public record Front(
            Door door,
            Audit audit,
            KeptAnswers answers,
            RateSettings rate,
            TimeSource time,
            Supplier<Duration> backlog) {}

    public static void bind(ServerBuilder server, List<Route> routes, Front front) {
        server.requestAutoAbortDelay(LATE_BODY);
        RateLimit limit = new RateLimit(front.rate());
        for (Route route : routes) {
            server.route()
                    .methods(route.method())
                    .path(route.path())
                    .maxRequestLength(route.maxRequestBytes() + BodyLimit.SLACK)
                    .decorator(service -> new DoorKeeper(
                            new BodyLimit(
                                    new Idempotency(service, front.answers(), route.isSecret(), front.time()),
                                    route.maxRequestBytes()),
                            route,
                            front,
                            limit))
                    .build(route.service());
        }
    }

    /** Errors of the server itself (no such path, method or size) in the same form as those of handlers. */
    public static ServerErrorHandler errors() {
        return new Errors();
    }

    /**
     * Refuses bodies that are larger than a route takes, and leaves the client time to finish: the server's own limit resets the
     * stream as soon as it is passed, and a client may lose the answer with it (RFC 9113 section 8.1). Up to {@value #SLACK} bytes
     * more are let in for that and thrown away.
     */
    private static final class BodyLimit extends SimpleDecoratingHttpService {
        private static final long SLACK = 1 << 20;

        private final long most;

        private BodyLimit(HttpService service, long most) {
            super(service);
            this.most = most;
        }

        @Override
        public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
            long announced = request.headers().contentLength();
            if (announced > most) {
                return refusal(most).toResponse(request.headers());
            }
            return announced >= 0 || request.headers().isEndOfStream()
                    ? unwrap().serve(context, request)
                    : counted(context, request);
        }

        private HttpResponse counted(ServiceRequestContext context, HttpRequest request) {
            return HttpResponse.of(request.aggregate().thenApply(whole -> {
                if (whole.content().length() > most) {
                    return refusal(most).toResponse(request.headers());
                }
                try {
                    HttpRequest again = whole.toHttpRequest();
                    context.updateRequest(again);
                    return unwrap().serve(context, again);
                } catch (Exception e) {
                    return HttpResponse.ofFailure(e);
                }
            }));
        }

        private static Problem refusal(long most) {
            return new Problem(
                    ProblemType.TOO_LARGE, "请求内容超过 " + most + " 字节", "the request has more than " + most + " bytes");
        }
    }

    private static final class Errors implements ServerErrorHandler {
        @Override
        public @Nullable HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
            return null;
        }

        @Override
        public @Nullable AggregatedHttpResponse renderStatus(
                @Nullable ServiceRequestContext context,
                ServiceConfig config,
                @Nullable RequestHeaders headers,
                HttpStatus status,
                @Nullable String description,
                @Nullable Throwable cause) {
            Problem problem = problem(status, config.maxRequestLength());
            if (problem == null) {
                return null;
            }
            RequestHeaders asked = headers != null ? headers : RequestHeaders.of(HttpMethod.GET, "/");
            return AggregatedHttpResponse.of(
                    problem.headers(), HttpData.ofUtf8(problem.toJson(asked).toString()));
        }

        private static @Nullable Problem problem(HttpStatus status, long most) {
            return switch (status.code()) {
                case 400 ->
                    new Problem(
                            ProblemType.BAD_PARAMETER, "请求的地址或格式无效", "the address or form of the request is invalid");
                case 404 -> new Problem(ProblemType.NOT_FOUND, "没有这个地址", "there is no such path");
                case 405 -> new Problem(ProblemType.METHOD_NOT_ALLOWED, "此地址不支持该方法", "this path has no such method");
                case 413 -> BodyLimit.refusal(most - BodyLimit.SLACK);
                case 500 -> new Problem(ProblemType.FAULT, "请求未能处理", "the request could not be handled");
                case 503 -> new Problem(ProblemType.BUSY, "请稍后重试", "try again shortly").after(SHORTLY);
                default -> null;
            };
        }
    }
}
