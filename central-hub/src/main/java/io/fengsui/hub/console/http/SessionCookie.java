package io.fengsui.hub.console.http;

/**
 * The cookie that carries a session: not for scripts, never to other sites; over TLS never without it, and bound to this
 * very host by its name ({@code __Host-}, RFC 6265bis section 4.1.3.2).
 */
public final class SessionCookie {
    private static final String PLAIN = "fengsui-session";

    private SessionCookie() {}

    public static String name(boolean isSecure) {
        return isSecure ? "__Host-" + PLAIN : PLAIN;
    }

    public static String set(String session, boolean isSecure) {
        return name(isSecure) + "=" + session + "; Path=/; HttpOnly; SameSite=Strict" + (isSecure ? "; Secure" : "");
    }

    public static String clear(boolean isSecure) {
        return set("", isSecure) + "; Max-Age=0";
    }
}
