package io.fengsui.rules.trial;

/**
 * Where a camera or sensor is, for rules that join sources.
 *
 * @param place names it; empty where it is not known
 * @param subject household or object; empty for none
 */
public record Spot(String place, String subject) {
    public static final Spot UNKNOWN = new Spot("", "");
}
