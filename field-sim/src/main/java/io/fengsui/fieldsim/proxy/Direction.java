package io.fengsui.fieldsim.proxy;

/** Which way bytes go. */
public enum Direction {
    /** From who connected to the server behind the proxy. */
    UP,
    /** From the server to who connected. */
    DOWN;
}
