package io.fengsui.hub.console.http;

import com.linecorp.armeria.common.HttpStatus;
import java.util.Locale;

/** Everything that a request can be told is wrong, with its status and its title in both languages. */
public enum ProblemType {
    BAD_PARAMETER(HttpStatus.BAD_REQUEST, "参数有误", "Bad parameter"),
    BAD_CURSOR(HttpStatus.BAD_REQUEST, "翻页游标无效", "Bad cursor"),
    BAD_BODY(HttpStatus.BAD_REQUEST, "请求内容有误", "Bad request body"),
    TOKEN_NEEDED(HttpStatus.UNAUTHORIZED, "需要登录", "Sign-in needed"),
    NOT_ALLOWED_HERE(HttpStatus.FORBIDDEN, "不允许从此处访问", "Not allowed from here"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "未找到", "Not found"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "不支持此方法", "Method not allowed"),
    STEP_NOT_ALLOWED(HttpStatus.CONFLICT, "当前状态下不允许此操作", "Step not allowed in this state"),
    SOMETHING_MISSING(HttpStatus.UNPROCESSABLE_ENTITY, "此操作缺少条件", "The step needs something more"),
    UNKNOWN_REFERENCE(HttpStatus.UNPROCESSABLE_ENTITY, "所指对象不存在", "Names something that is not there"),
    KEY_UNDER_WAY(HttpStatus.CONFLICT, "同一请求正在处理", "The same request is being worked on"),
    KEY_REUSED(HttpStatus.UNPROCESSABLE_ENTITY, "幂等键已用于另一请求", "Idempotency key used for another request"),
    ROLE_NOT_ALLOWED(HttpStatus.FORBIDDEN, "角色无权执行此操作", "Role not allowed"),
    GONE(HttpStatus.GONE, "已无法取得", "Gone"),
    VERSION_MISMATCH(HttpStatus.PRECONDITION_FAILED, "工单已被他人更改", "Changed by somebody else"),
    TOO_LARGE(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "请求过大", "Request too large"),
    MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "不支持的内容类型", "Unsupported media type"),
    VERSION_NEEDED(HttpStatus.PRECONDITION_REQUIRED, "缺少版本条件", "Version condition needed"),
    TOO_MANY(HttpStatus.TOO_MANY_REQUESTS, "请求过于频繁", "Too many requests"),
    FAULT(HttpStatus.INTERNAL_SERVER_ERROR, "中心内部故障", "Fault inside the hub"),
    BUSY(HttpStatus.SERVICE_UNAVAILABLE, "中心繁忙", "Hub busy");

    private final int status;
    private final String zh;
    private final String en;

    ProblemType(HttpStatus status, String zh, String en) {
        this.status = status.code();
        this.zh = zh;
        this.en = en;
    }

    public HttpStatus status() {
        return HttpStatus.valueOf(status);
    }

    public String zh() {
        return zh;
    }

    public String en() {
        return en;
    }

    /** The problem's name for machines; stable. */
    public String uri() {
        return "urn:fengsui:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
