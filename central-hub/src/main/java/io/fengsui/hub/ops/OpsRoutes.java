package io.fengsui.hub.ops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.fengsui.hub.access.Policy;
import io.fengsui.hub.console.http.Json;
import io.fengsui.hub.console.http.Route;
import java.util.List;
import java.util.stream.Stream;

/** {@code /metrics}, {@code /healthz} and {@code /readyz}. */
public final class OpsRoutes {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final HubMetrics metrics;
    private final Readiness readiness;

    public OpsRoutes(HubMetrics metrics, Readiness readiness) {
        this.metrics = metrics;
        this.readiness = readiness;
    }

    public List<Route> routes() {
        return Stream.of(
                        Route.blocking(HttpMethod.GET, "/metrics", Policy.LOCAL_OR_TOKEN, this::scrape),
                        Route.blocking(HttpMethod.GET, "/healthz", Policy.OPEN, this::live),
                        Route.blocking(HttpMethod.GET, "/readyz", Policy.OPEN, this::ready))
                .map(Route::uncounted)
                .toList();
    }

    private HttpResponse scrape(ServiceRequestContext context, AggregatedHttpRequest request) {
        boolean isOpenMetrics =
                request.headers().get(HttpHeaderNames.ACCEPT, "").contains("application/openmetrics-text");
        String type = isOpenMetrics ? OPEN_METRICS : TEXT;
        return HttpResponse.of(
                ResponseHeaders.of(
                        HttpStatus.OK, HttpHeaderNames.CONTENT_TYPE, type, HttpHeaderNames.CACHE_CONTROL, "no-store"),
                HttpData.ofUtf8(metrics.scrape(type)));
    }

    private HttpResponse live(ServiceRequestContext context, AggregatedHttpRequest request) {
        boolean isAlive = readiness.isAlive();
        HttpStatus status = isAlive ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE;
        return Json.response(status, Json.object().put("live", isAlive), null);
    }

    private HttpResponse ready(ServiceRequestContext context, AggregatedHttpRequest request) {
        List<Readiness.Reason> reasons = readiness.reasons();
        boolean isReady = reasons.stream().noneMatch(Readiness.Reason::isBlocking);
        ObjectNode node = Json.object().put("ready", isReady);
        ArrayNode told = node.putArray("reasons");
        for (Readiness.Reason reason : reasons) {
            told.addObject()
                    .put("code", reason.code())
                    .put("blocking", reason.isBlocking())
                    .put("zh", reason.detail().zh())
                    .put("en", reason.detail().en());
        }
        return Json.response(isReady ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE, node, null);
    }
}
