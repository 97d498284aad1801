package io.fengsui.hub.access.user;

/** Whether a password may be taken, and why not. */
public enum PasswordReason {
    FINE("", ""),
    TOO_SHORT("密码至少 10 个字符", "a password has 10 characters or more"),
    TOO_LONG("密码最多 128 个字符", "a password has 128 characters at most"),
    LIKE_NAME("密码不能含有用户名", "a password does not hold the user's name"),
    TOO_PLAIN("密码过于简单(重复或连续的字符)", "this password is too plain: characters that repeat or follow on each other"),
    WELL_KNOWN("密码在常见密码之列", "this password is among those that are tried first");

    private final String zh;
    private final String en;

    PasswordReason(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    public String zh() {
        return zh;
    }

    public String en() {
        return en;
    }
}
