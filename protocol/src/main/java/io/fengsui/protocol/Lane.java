package io.fengsui.protocol;

/** Which queue of the spool an event goes through; fixed when the event begins. Urgent is never behind bulk. */
public enum Lane {
    URGENT,
    BULK
}
