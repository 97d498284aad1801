package io.fengsui.hub.console.name;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.fengsui.hub.access.Policy;
import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.console.http.Json;
import io.fengsui.hub.console.http.Parameters;
import io.fengsui.hub.console.http.Route;
import io.fengsui.hub.console.http.Visitor;
import io.fengsui.hub.store.query.NameQueries;
import io.fengsui.protocol.value.Name;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Which codes people mean by a name, or a piece of one. Blocking executor. */
public final class NamesApi {
    private enum Of {
        AREAS,
        KINDS,
        SOURCES,
        UNITS
    }

    private static final List<String> OF =
            Arrays.stream(Of.values()).map(NamesApi::label).toList();

    private final NameBook book;

    public NamesApi(NameBook book) {
        this.book = book;
    }

    public List<Route> routes() {
        return List.of(Route.blocking(HttpMethod.GET, "/api/v1/names", Policy.SIGNED_IN, this::list));
    }

    private HttpResponse list(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters parameters = Parameters.of(context, "of", "text", "limit");
        String of = parameters.choice("of", OF);
        String text = parameters.text("text");
        int limit = parameters.limit();
        Reach reach = Visitor.reach(context);
        List<ObjectNode> found = switch (Of.valueOf(of.toUpperCase(Locale.ROOT))) {
            case AREAS ->
                book.areas(text, reach, limit + 1).stream()
                        .map(area -> item(
                                area.code(),
                                label(area.level()),
                                NameBook.json(area.name()),
                                NameBook.json(book.within(area))))
                        .toList();
            case KINDS ->
                book.kinds(text, limit + 1).stream()
                        .map(kind -> item(kind.pattern(), "kind", NameBook.json(kind.name()), NameBook.json(Name.NONE)))
                        .toList();
            case SOURCES ->
                book.rows().find(text, reach, limit + 1).stream()
                        .map(NamesApi::source)
                        .toList();
            case UNITS ->
                book.units(text, reach, limit + 1).stream()
                        .map(unit -> item(unit.id(), "unit", NameBook.json(unit.name()), NameBook.json(Name.NONE)))
                        .toList();
        };
        ObjectNode answer = Json.object();
        ArrayNode items = answer.putArray("items");
        found.stream().limit(limit).forEach(items::add);
        answer.put("more", found.size() > limit);
        return Json.response(answer);
    }

    private static ObjectNode source(NameQueries.Source source) {
        return item(source.id(), label(source.type()), NameBook.json(source.name()), NameBook.json(source.place()));
    }

    private static ObjectNode item(String code, String type, ObjectNode name, ObjectNode within) {
        ObjectNode node = Json.object().put("code", code).put("type", type);
        node.set("name", name);
        node.set("within", within);
        return node;
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
