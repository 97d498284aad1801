package io.fengsui.hub.console.http;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.fengsui.hub.access.Policy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One method and path with who may use it and what answers. The list of all routes is what is bound, what the access
 * matrix test walks and what the OpenAPI text is compared with.
 *
 * @param isSecret its requests hold passwords: not even a hash of one is kept on disk
 * @param isCounted whether each request counts against the rate of its caller
 */
public record Route(
        HttpMethod method,
        String path,
        Policy policy,
        HttpService service,
        long maxRequestBytes,
        boolean isSecret,
        boolean isCounted) {
    private static final long MAX_REQUEST_BYTES = 16 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Route.class);

    /** With requests of {@value #MAX_REQUEST_BYTES} bytes at most. */
    public Route(HttpMethod method, String path, Policy policy, HttpService service) {
        this(method, path, policy, service, MAX_REQUEST_BYTES, false, true);
    }

    /** The same for larger requests. */
    public Route upTo(long bytes) {
        return new Route(method, path, policy, service, bytes, isSecret, isCounted);
    }

    /** The same for requests that hold a password. */
    public Route secret() {
        return new Route(method, path, policy, service, maxRequestBytes, true, isCounted);
    }

    /** The same for what watches the hub: it is told how the hub is, whoever else asks from its address. */
    public Route uncounted() {
        return new Route(method, path, policy, service, maxRequestBytes, isSecret, false);
    }

    /** What answers a request; may block, may end with a {@link ProblemException}. */
    public interface Handler {
        HttpResponse handle(ServiceRequestContext context, AggregatedHttpRequest request);
    }

    /** A route whose handler runs on the blocking executor. */
    public static Route blocking(HttpMethod method, String path, Policy policy, Handler handler) {
        HttpService service = (context, request) -> HttpResponse.of(request.aggregate()
                .thenApplyAsync(whole -> answer(handler, context, whole), context.blockingTaskExecutor()));
        return new Route(method, path, policy, service);
    }

    private static HttpResponse answer(Handler handler, ServiceRequestContext context, AggregatedHttpRequest request) {
        try {
            return handler.handle(context, request);
        } catch (ProblemException e) {
            return e.problem().toResponse(request.headers());
        } catch (RuntimeException e) {
            LOG.warn(
                    "a request failed: method={} route={}",
                    request.method(),
                    context.config().route(),
                    e);
            return new Problem(
                            ProblemType.FAULT,
                            "请求未能处理,原因已写入中心日志",
                            "the request could not be handled; the hub's log says why")
                    .toResponse(request.headers());
        }
    }
}
