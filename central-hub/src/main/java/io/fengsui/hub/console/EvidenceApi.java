package io.fengsui.hub.console;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.file.HttpFile;
import io.fengsui.hub.access.Policy;
import io.fengsui.hub.console.http.Audit;
import io.fengsui.hub.console.http.Problem;
import io.fengsui.hub.console.http.ProblemException;
import io.fengsui.hub.console.http.ProblemType;
import io.fengsui.hub.console.http.Route;
import io.fengsui.hub.console.http.Visitor;
import io.fengsui.hub.store.query.EventQueries;
import io.fengsui.hub.store.query.EventQueries.EvidenceRow;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pictures and clips. The type is the one in the hub's own row, and only of a short list; what is not a JPEG is offered
 * as a download, so that nothing an edge sent is ever run by a browser. The file is streamed, and not before the audit says
 * who sees it.
 */
final class EvidenceApi {
    private static final Logger LOG = LoggerFactory.getLogger(EvidenceApi.class);
    private static final Set<String> KNOWN_TYPES = Set.of("image/jpeg", "image/png", "video/mp4");

    private final EventQueries events;
    private final EvidenceShelf files;
    private final Audit audit;

    EvidenceApi(EventQueries events, EvidenceShelf files, Audit audit) {
        this.events = events;
        this.files = files;
        this.audit = audit;
    }

    List<Route> routes() {
        return List.of(new Route(HttpMethod.GET, "/api/v1/evidence/{id}", Policy.SIGNED_IN, this::serve));
    }

    private HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        String id = String.valueOf(context.pathParam("id"));
        return HttpResponse.of(CompletableFuture.supplyAsync(() -> find(context, id), context.blockingTaskExecutor())
                .thenCompose(file -> audit.note(context, "view-picture", id, "done")
                        .exceptionally(error -> false)
                        .thenApply(isNoted -> {
                            if (!isNoted) {
                                throw Audit.busy();
                            }
                            return file;
                        }))
                .thenApplyAsync(file -> answer(context, request, file), context.blockingTaskExecutor())
                .exceptionally(error -> refusal(request, id, Exceptions.peel(error))));
    }

    private HttpFile find(ServiceRequestContext context, String id) {
        return events.evidence(id, Visitor.reach(context))
                .map(this::file)
                .orElseThrow(() -> problem(ProblemType.NOT_FOUND, "没有这份证据", "there is no such evidence"));
    }

    private HttpResponse answer(ServiceRequestContext context, HttpRequest request, HttpFile file) {
        try {
            return file.asService().serve(context, request);
        } catch (Exception e) {
            throw new IllegalStateException("a picture cannot be served", e);
        }
    }

    private static HttpResponse refusal(HttpRequest request, String id, Throwable error) {
        if (error instanceof ProblemException refused) {
            return refused.problem().toResponse(request.headers());
        }
        LOG.warn("evidence could not be served: evidence={}", id, error);
        return new Problem(ProblemType.FAULT, "证据读取失败", "the evidence could not be read").toResponse(request.headers());
    }

    private HttpFile file(EvidenceRow row) {
        if (row.state().equals("pending")) {
            throw problem(ProblemType.NOT_FOUND, "证据尚未送达", "the evidence has not arrived yet");
        }
        if (!row.state().equals("ready")) {
            throw problem(ProblemType.GONE, "证据已丢失", "the evidence is lost");
        }
        Path path = files.find(row.file().sha256());
        if (path == null) {
            throw problem(ProblemType.GONE, "证据文件已不在中心的磁盘上", "the file is no longer on the hub's disk");
        }
        boolean isPicture = row.mediaType().equals("image/jpeg");
        String type = KNOWN_TYPES.contains(row.mediaType()) ? row.mediaType() : "application/octet-stream";
        return HttpFile.builder(path)
                .autoDetectedContentType(false)
                .contentType(type)
                .entityTag(false)
                .lastModified(false)
                .setHeader(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .setHeader(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
                .setHeader(HttpHeaderNames.CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox")
                .setHeader(HttpHeaderNames.CONTENT_DISPOSITION, isPicture ? "inline" : "attachment")
                .build();
    }

    private static ProblemException problem(ProblemType type, String zh, String en) {
        return new Problem(type, zh, en).toException();
    }
}
