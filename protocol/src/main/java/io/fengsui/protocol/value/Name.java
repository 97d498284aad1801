package io.fengsui.protocol.value;

/** What people call a thing, in both languages; where one is missing the other stands in. */
public record Name(String zh, String en) {
    public static final Name NONE = new Name("", "");

    public Name {
        Checks.text("zh name", zh);
        Checks.text("en name", en);
        zh = zh.isEmpty() ? en : zh;
        en = en.isEmpty() ? zh : en;
    }
}
