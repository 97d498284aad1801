package io.fengsui.hub.console.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.fengsui.hub.access.Accounts;
import io.fengsui.hub.access.Policy;
import io.fengsui.hub.access.Reception;
import io.fengsui.hub.access.user.Account;
import io.fengsui.hub.access.user.AccountForm;
import io.fengsui.hub.access.user.Scope;
import io.fengsui.hub.access.user.User;
import io.fengsui.hub.console.http.Bodies;
import io.fengsui.hub.console.http.Json;
import io.fengsui.hub.console.http.Parameters;
import io.fengsui.hub.console.http.Problem;
import io.fengsui.hub.console.http.ProblemType;
import io.fengsui.hub.console.http.Route;
import io.fengsui.hub.console.http.Visitor;
import io.fengsui.hub.console.name.NameBook;
import io.fengsui.hub.grid.unit.Router;
import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.runtime.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Accounts over REST, for admins. Blocking executor. */
public final class UsersApi {
    private static final Set<String> FIELDS = Set.of("name", "role", "areas", "unit", "password", "disabled");

    private final Reception reception;
    private final Router router;
    private final NameBook names;
    private final TimeSource time;

    public UsersApi(Reception reception, Router router, NameBook names, TimeSource time) {
        this.reception = reception;
        this.router = router;
        this.names = names;
        this.time = time;
    }

    public List<Route> routes() {
        return List.of(
                Route.blocking(HttpMethod.GET, "/api/v1/users", Policy.ADMIN, this::list),
                Route.blocking(HttpMethod.POST, "/api/v1/users", Policy.ADMIN, this::create)
                        .secret(),
                Route.blocking(HttpMethod.PATCH, "/api/v1/users/{id}", Policy.ADMIN, this::change)
                        .secret());
    }

    private HttpResponse list(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters.of(context);
        ObjectNode answer = Json.object();
        ArrayNode items = answer.putArray("items");
        reception.door().users().all().forEach(known -> items.add(AccountJson.account(known.account(), names)));
        return Json.response(answer);
    }

    private HttpResponse create(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters.of(context);
        JsonNode body = body(request);
        String name = body.path("name").asText("");
        Visitor.changed(context, name);
        String password = body.path("password").asText("");
        SignInApi.checkNew(name, password);
        User user = user(name, body, null);
        boolean isDisabled = body.path("disabled").asBoolean(false);
        String by = Visitor.of(context).name();
        Account account = stored(reception.accounts().change(name, old -> {
            if (old.isPresent()) {
                throw new Problem(ProblemType.STEP_NOT_ALLOWED, "已有同名用户", "there is a user of this name").toException();
            }
            return reception.accounts().withPassword(user, password, isDisabled, by, time.wall());
        }));
        Visitor.changed(context, name + " " + rights(account));
        return Json.response(HttpStatus.CREATED, AccountJson.account(account, names), null);
    }

    private HttpResponse change(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters.of(context);
        String name = String.valueOf(context.pathParam("id"));
        JsonNode body = body(request);
        String by = Visitor.of(context).name();
        AtomicReference<String> before = new AtomicReference<>("");
        Account account = stored(reception.accounts().change(name, stored -> {
            Account old = stored.orElseThrow(
                    () -> new Problem(ProblemType.NOT_FOUND, "没有这个用户", "there is no such user").toException());
            before.set(rights(old));
            return changed(old, body, by);
        }));
        String after = rights(account) + (body.has("password") ? " password" : "");
        Visitor.changed(context, name + " " + before + " -> " + after);
        return Json.response(AccountJson.account(account, names));
    }

    private Account changed(Account old, JsonNode body, String by) {
        String name = old.user().name();
        User user = user(name, body, old.user());
        boolean isDisabled = body.path("disabled").asBoolean(old.standing().isDisabled());
        if (reception.door().users().isLastAdmin(name) && (isDisabled || user.role() != Role.ADMIN)) {
            throw new Problem(
                            ProblemType.STEP_NOT_ALLOWED,
                            "这是最后一位管理员,不能停用或降级",
                            "this is the last admin, who cannot be disabled or given another role")
                    .toException();
        }
        if (!body.has("password")) {
            return Accounts.changed(old, user, isDisabled, by, time.wall());
        }
        String password = body.path("password").asText("");
        SignInApi.checkPassword(name, password);
        return reception.accounts().withPassword(user, password, isDisabled, by, time.wall());
    }

    static Account stored(Optional<Account> account) {
        return account.orElseThrow(
                () -> new Problem(ProblemType.BUSY, "中心未能确认,请查看用户后重试", "not confirmed; look at the user and try again")
                        .toException());
    }

    private static String rights(Account account) {
        Scope scope = account.user().scope();
        return account.user().roleLabel()
                + (scope.areas().isEmpty() ? "" : " " + scope.areas())
                + (scope.unit().isEmpty() ? "" : " unit=" + scope.unit())
                + (account.standing().isDisabled() ? " disabled" : "");
    }

    private static JsonNode body(AggregatedHttpRequest request) {
        JsonNode body = Bodies.object(request);
        body.properties().forEach(field -> {
            boolean isWell = FIELDS.contains(field.getKey())
                    && switch (field.getKey()) {
                        case "areas" -> field.getValue().isArray();
                        case "disabled" -> field.getValue().isBoolean();
                        case String text -> field.getValue().isTextual();
                    };
            if (!isWell) {
                throw Bodies.bad(
                        "字段 " + field.getKey() + " 未知或类型不符",
                        "the field " + field.getKey() + " is unknown or of another type");
            }
        });
        return body;
    }

    /** @param old whose rights stay where the body does not name them; null for a new user */
    private User user(String name, JsonNode body, @Nullable User old) {
        User user = read(name, body, old);
        // What the body does not name stays, though an import of places may have taken its area away.
        List<String> unknown = router.unknown(
                body.has("areas") ? names.unnamedAreas(user.scope().areas()) : List.of(),
                body.has("unit") ? user.scope().unit() : "");
        if (!unknown.isEmpty()) {
            String codes = String.join(", ", unknown);
            throw Bodies.bad(
                    "没有区域或单位 " + codes + ";请填写 tickets.places、grids 和 tickets.units 中的编码",
                    "there is no area or unit " + codes + "; take codes of tickets.places, grids and tickets.units");
        }
        return user;
    }

    private static User read(String name, JsonNode body, @Nullable User old) {
        try {
            String role = body.path("role").asText(old == null ? "" : old.roleLabel());
            List<String> areas = new ArrayList<>();
            if (body.has("areas")) {
                body.path("areas").forEach(area -> areas.add(area.asText()));
            } else if (old != null) {
                areas.addAll(old.scope().areas());
            }
            if (areas.stream().anyMatch(area -> !area.matches("\\S{1,128}"))) {
                throw new IllegalArgumentException("an area is a code without blanks");
            }
            String unit =
                    body.path("unit").asText(old == null ? "" : old.scope().unit());
            return new User(name, AccountForm.role(role), new Scope(areas, unit));
        } catch (IllegalArgumentException e) {
            throw Bodies.bad(
                    "应有 role(viewer、dispatcher、unit、supervisor、admin),角色 unit 须有 unit;areas 为区域编码",
                    "expected a role (viewer, dispatcher, unit, supervisor or admin), the role unit with a unit, areas as"
                            + " codes");
        }
    }
}
