package io.fengsui.hub.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import io.fengsui.hub.access.Policy;
import io.fengsui.hub.console.http.Route;
import io.fengsui.protocol.value.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The console's own files and the OpenAPI text, from the jar. Each with an entity tag and headers that let
 * the page load nothing but itself: no script inline, none from elsewhere, in no frame.
 */
final class Pages {
    private static final String CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final String HEAD = "  <!-- head -->\n";

    private record Page(String path, String resource, String type, Policy policy) {}

    private static final List<Page> PAGES = List.of(
            new Page("/", "index.html", "text/html; charset=utf-8", Policy.SIGNED_IN),
            new Page("/console.css", "console.css", "text/css; charset=utf-8", Policy.OPEN),
            new Page("/words.js", "words.js", "text/javascript; charset=utf-8", Policy.OPEN),
            new Page("/console.js", "console.js", "text/javascript; charset=utf-8", Policy.OPEN),
            new Page("/detail.js", "detail.js", "text/javascript; charset=utf-8", Policy.OPEN),
            new Page("/icon.svg", "icon.svg", "image/svg+xml", Policy.OPEN),
            new Page("/login", "login.html", "text/html; charset=utf-8", Policy.OPEN),
            new Page("/setup", "setup.html", "text/html; charset=utf-8", Policy.OPEN),
            new Page("/entry.js", "entry.js", "text/javascript; charset=utf-8", Policy.OPEN),
            new Page("/password", "password.html", "text/html; charset=utf-8", Policy.SIGNED_IN),
            new Page("/password.js", "password.js", "text/javascript; charset=utf-8", Policy.OPEN),
            new Page("/figures", "figures.html", "text/html; charset=utf-8", Policy.SIGNED_IN),
            new Page("/figures.js", "figures.js", "text/javascript; charset=utf-8", Policy.OPEN),
            new Page("/patrols", "patrols.html", "text/html; charset=utf-8", Policy.SIGNED_IN),
            new Page("/patrols.js", "patrols.js", "text/javascript; charset=utf-8", Policy.OPEN),
            new Page("/replays", "replays.html", "text/html; charset=utf-8", Policy.SUPERVISE),
            new Page("/replays.js", "replays.js", "text/javascript; charset=utf-8", Policy.OPEN),
            new Page("/deliveries", "deliveries.html", "text/html; charset=utf-8", Policy.DISPATCH),
            new Page("/deliveries.js", "deliveries.js", "text/javascript; charset=utf-8", Policy.OPEN),
            new Page("/silences", "silences.html", "text/html; charset=utf-8", Policy.SIGNED_IN),
            new Page("/pick.js", "pick.js", "text/javascript; charset=utf-8", Policy.OPEN),
            new Page("/silences.js", "silences.js", "text/javascript; charset=utf-8", Policy.OPEN),
            new Page("/users", "users.html", "text/html; charset=utf-8", Policy.ADMIN),
            new Page("/users.js", "users.js", "text/javascript; charset=utf-8", Policy.OPEN),
            new Page("/api/openapi.yaml", "openapi.yaml", "application/yaml; charset=utf-8", Policy.OPEN));

    private Pages() {}

    static List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (Page page : PAGES) {
            byte[] content = content(page);
            String tag = "\"" + Sha256.hashOf(content).hex().substring(0, 16) + "\"";
            routes.add(new Route(
                    HttpMethod.GET,
                    page.path(),
                    page.policy(),
                    (context, request) -> answer(request.headers(), page, content, tag)));
        }
        return routes;
    }

    /** Pages share what stands in their heads. */
    private static byte[] content(Page page) {
        byte[] content = read(page.resource());
        return page.resource().endsWith(".html")
                ? new String(content, UTF_8)
                        .replace(HEAD, new String(read("head.html"), UTF_8))
                        .getBytes(UTF_8)
                : content;
    }

    private static byte[] read(String resource) {
        try (InputStream in = Pages.class.getResourceAsStream("page/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks the console's " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the console's " + resource + " cannot be read from the jar", e);
        }
    }

    private static HttpResponse answer(RequestHeaders request, Page page, byte[] content, String tag) {
        boolean isSame = tag.equals(request.get(HttpHeaderNames.IF_NONE_MATCH));
        ResponseHeaders headers = ResponseHeaders.builder(isSame ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                .set(HttpHeaderNames.CONTENT_TYPE, page.type())
                .set(HttpHeaderNames.ETAG, tag)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, CSP)
                .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
                .set(HttpHeaderNames.X_FRAME_OPTIONS, "DENY")
                .set(HttpHeaderNames.REFERRER_POLICY, "no-referrer")
                .set("cross-origin-opener-policy", "same-origin")
                .build();
        return isSame ? HttpResponse.of(headers) : HttpResponse.of(headers, HttpData.wrap(content));
    }
}
