package io.fengsui.hub.console.http;

/** The cookie that carries a session: not for scripts, never to other sites, and over TLS never without it. */
public final class SessionCookie {
    static final String NAME = "fengsui-session";

    private SessionCookie() {}

    public static String set(String session, boolean isSecure) {
        return NAME + "=" + session + "; Path=/; HttpOnly; SameSite=Strict" + (isSecure ? "; Secure" : "");
    }

    public static String clear() {
        return NAME + "=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0";
    }
}
