package io.fengsui.protocol;

/** What kind of thing an event comes from. */
public enum SourceType {
    CAMERA,
    SENSOR,
    EDGE,
    HUB,
    PERSON
}
