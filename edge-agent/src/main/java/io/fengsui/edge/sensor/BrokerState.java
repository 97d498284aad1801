package io.fengsui.edge.sensor;

/** How far a broker's connection has got; the label is the metric's tag. */
public enum BrokerState {
    CONNECTING,
    CONNECTED,
    OFFLINE
}
