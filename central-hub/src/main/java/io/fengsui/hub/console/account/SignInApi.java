package io.fengsui.hub.console.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.fengsui.hub.access.Policy;
import io.fengsui.hub.access.Reception;
import io.fengsui.hub.access.Sessions;
import io.fengsui.hub.access.SignIn;
import io.fengsui.hub.access.user.Account;
import io.fengsui.hub.access.user.PasswordReason;
import io.fengsui.hub.access.user.Passwords;
import io.fengsui.hub.access.user.Scope;
import io.fengsui.hub.access.user.User;
import io.fengsui.hub.console.http.Audit;
import io.fengsui.hub.console.http.Bodies;
import io.fengsui.hub.console.http.Json;
import io.fengsui.hub.console.http.Parameters;
import io.fengsui.hub.console.http.Problem;
import io.fengsui.hub.console.http.ProblemException;
import io.fengsui.hub.console.http.ProblemType;
import io.fengsui.hub.console.http.Route;
import io.fengsui.hub.console.http.SessionCookie;
import io.fengsui.hub.console.http.Visitor;
import io.fengsui.hub.console.name.NameBook;
import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Signing in and out by forms, the first admin, and what somebody may ask about themselves. Blocking executor. */
public final class SignInApi {
    private final Reception reception;
    private final Audit audit;
    private final NameBook names;
    private final TimeSource time;

    public SignInApi(Reception reception, Audit audit, NameBook names, TimeSource time) {
        this.reception = reception;
        this.audit = audit;
        this.names = names;
        this.time = time;
    }

    public List<Route> routes() {
        return List.of(
                Route.blocking(HttpMethod.POST, "/login", Policy.OPEN, this::signIn),
                Route.blocking(HttpMethod.POST, "/logout", Policy.SIGNED_IN, this::signOut),
                Route.blocking(HttpMethod.POST, "/setup", Policy.OPEN, this::setUpByForm),
                Route.blocking(HttpMethod.POST, "/api/v1/setup", Policy.OPEN, this::setUp),
                Route.blocking(HttpMethod.GET, "/api/v1/me", Policy.SIGNED_IN, this::me),
                Route.blocking(HttpMethod.POST, "/api/v1/me/password", Policy.SIGNED_IN, this::password)
                        .secret());
    }

    private HttpResponse signIn(ServiceRequestContext context, AggregatedHttpRequest request) {
        QueryParams form = form(request);
        String name = form.get("user", "").strip();
        String address = Visitor.address(context);
        SignIn.Outcome outcome = reception.signIn().decide(name, form.get("password", ""), address, time.wall());
        return switch (outcome) {
            case SignIn.Done(Sessions.Opened opened) -> signedIn(context, request, name, opened);
            case SignIn.Wrong wrong -> {
                audit.note(name, address, "sign-in", "", "refused");
                yield redirect("/login?wrong", null);
            }
            case SignIn.Wait wait -> throw tooMany(wait);
        };
    }

    /** Nobody gets in whom the audit does not show; the session that this browser had before is over. */
    private HttpResponse signedIn(
            ServiceRequestContext context, AggregatedHttpRequest request, String name, Sessions.Opened opened) {
        try {
            audit.commit(name, Visitor.address(context), "sign-in", "");
        } catch (ProblemException e) {
            reception.accounts().end(opened.id());
            throw e;
        }
        return enter(context, request, opened);
    }

    private HttpResponse enter(ServiceRequestContext context, AggregatedHttpRequest request, Sessions.Opened opened) {
        endShown(context, request);
        reception.accounts().keep(opened.session());
        return redirect("/", SessionCookie.set(opened.id(), isSecure(context)));
    }

    private static ProblemException tooMany(SignIn.Wait wait) {
        Duration pause = wait.pause();
        String seconds = Problem.seconds(pause);
        return new Problem(
                        ProblemType.TOO_MANY,
                        "错误次数过多,请 " + seconds + " 秒后再试",
                        "too many wrong tries; wait " + seconds + " s")
                .after(pause)
                .toException();
    }

    private HttpResponse signOut(ServiceRequestContext context, AggregatedHttpRequest request) {
        endShown(context, request);
        return redirect("/login", SessionCookie.clear(isSecure(context)));
    }

    private void endShown(ServiceRequestContext context, AggregatedHttpRequest request) {
        String name = SessionCookie.name(isSecure(context));
        request.headers().cookies().stream()
                .filter(cookie -> cookie.name().equals(name))
                .forEach(cookie -> reception.accounts().end(cookie.value()));
    }

    private HttpResponse setUpByForm(ServiceRequestContext context, AggregatedHttpRequest request) {
        QueryParams form = form(request);
        Account account = first(
                form.get("code", ""), form.get("user", "").strip(), form.get("password", ""), Visitor.address(context));
        Sessions.Opened opened = reception.door().sessions().open(account.user().name(), time.wall());
        return enter(context, request, opened);
    }

    private HttpResponse setUp(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters.of(context);
        JsonNode body = Bodies.object(request);
        Account account = first(
                body.path("code").asText(""),
                body.path("name").asText(""),
                body.path("password").asText(""),
                Visitor.address(context));
        return Json.response(HttpStatus.CREATED, AccountJson.account(account, names), null);
    }

    /** The first admin, by the code, which is spent once the admin is stored. */
    private Account first(String code, String name, String password, String address) {
        if (!reception.door().users().isEmpty()) {
            throw notFirst(); // without a look at the database: anybody can ask this
        }
        Account account = UsersApi.stored(reception.accounts().change(name, old -> {
            if (!reception.door().users().isEmpty()) {
                throw notFirst();
            }
            checkNew(name, password);
            Instant now = time.wall();
            if (!reception.setUp().isRight(code, now)) {
                audit.note(name, address, "set-up", "", "refused");
                throw new Problem(
                                ProblemType.TOKEN_NEEDED,
                                "初始化码错误或已过期;重启中心会给出新码",
                                "the set-up code is wrong or too old; a restart of the hub tells a new one")
                        .toException();
            }
            User user = new User(name, Role.ADMIN, Scope.EVERYWHERE);
            return reception.accounts().withPassword(user, password, false, name, now);
        }));
        reception.setUp().spend();
        audit.note(name, address, "set-up", name, "done");
        return account;
    }

    private static ProblemException notFirst() {
        return new Problem(ProblemType.GONE, "已有用户,请登录", "there are users already; sign in").toException();
    }

    static void checkNew(String name, String password) {
        if (!User.isName(name)) {
            throw Bodies.bad(
                    "用户名为 1 至 64 个字母、数字或 . _ -,且不能是系统保留名",
                    "a user's name has 1 to 64 letters, digits or . _ -, and is none that the hub uses itself");
        }
        checkPassword(name, password);
    }

    static void checkPassword(String name, String password) {
        PasswordReason reason = Passwords.judge(name, password);
        if (reason != PasswordReason.FINE) {
            throw Bodies.bad(reason.zh(), reason.en());
        }
    }

    private HttpResponse me(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters.of(context);
        User user = Visitor.of(context);
        ObjectNode node = Json.object().put("name", user.name()).put("role", user.roleLabel());
        ArrayNode areas = node.putArray("areas");
        user.scope().areas().forEach(areas::add);
        node.put("unit", user.scope().unit());
        node.set("names", names.ofScope(user.scope()));
        node.put("account", reception.door().users().find(user.name()).isPresent());
        ArrayNode may = node.putArray("may");
        for (Policy policy : Policy.values()) {
            if (policy.allows(user.role())) {
                may.add(policy.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            }
        }
        return Json.response(node);
    }

    /** Somebody's own password; all their sessions end but a fresh one for this caller. */
    private HttpResponse password(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters.of(context);
        User user = Visitor.of(context);
        JsonNode body = Bodies.object(request);
        if (reception.door().users().find(user.name()).isEmpty()) {
            throw new Problem(ProblemType.NOT_ALLOWED_HERE, "您不是以账户登录的", "you are not signed in with an account")
                    .toException();
        }
        String fresh = body.path("password").asText("");
        checkPassword(user.name(), fresh);
        Account confirmed = confirmed(user.name(), body.path("current").asText(""), Visitor.address(context));
        UsersApi.stored(reception.accounts().change(user.name(), stored -> {
            // Changed by an admin while the hash was computed: what was confirmed is the account's no more.
            Account account = stored.filter(confirmed::equals).orElseThrow(SignInApi::refusedPassword);
            return reception.accounts().withPassword(account.user(), fresh, false, user.name(), time.wall());
        }));
        Sessions.Opened opened = reception.door().sessions().open(user.name(), time.wall());
        reception.accounts().keep(opened.session());
        return HttpResponse.of(ResponseHeaders.builder(HttpStatus.NO_CONTENT)
                .set(HttpHeaderNames.SET_COOKIE, SessionCookie.set(opened.id(), isSecure(context)))
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .build());
    }

    /** Guessing is as slow here as at the sign-in: a session that was left open is no way to the password. */
    private Account confirmed(String name, String password, String address) {
        return switch (reception.signIn().check(name, password, address, time.wall())) {
            case SignIn.Right(Account account) -> account;
            case SignIn.Wrong wrong -> throw refusedPassword();
            case SignIn.Wait wait -> throw tooMany(wait);
        };
    }

    private static ProblemException refusedPassword() {
        return new Problem(ProblemType.NOT_ALLOWED_HERE, "当前密码错误", "the current password is wrong").toException();
    }

    private static QueryParams form(AggregatedHttpRequest request) {
        Bodies.refusePacked(request);
        MediaType type = request.contentType();
        if (type == null || !type.belongsTo(MediaType.FORM_DATA)) {
            throw new Problem(ProblemType.MEDIA_TYPE, "请使用登录页", "use the sign-in page").toException();
        }
        return QueryParams.fromQueryString(request.contentUtf8());
    }

    private static boolean isSecure(ServiceRequestContext context) {
        return context.sessionProtocol().isTls();
    }

    private static HttpResponse redirect(String to, @Nullable String cookie) {
        var headers = ResponseHeaders.builder(HttpStatus.SEE_OTHER)
                .set(HttpHeaderNames.LOCATION, to)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        if (cookie != null) {
            headers.set(HttpHeaderNames.SET_COOKIE, cookie);
        }
        return HttpResponse.of(headers.build());
    }
}
