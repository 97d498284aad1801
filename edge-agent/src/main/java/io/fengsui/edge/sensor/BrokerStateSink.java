package io.fengsui.edge.sensor;

/** Is told when a broker's connection changes. Called on the broker's own thread: must not block. */
@FunctionalInterface
public interface BrokerStateSink {
    /**
     * @param reason stable code, such as {@code connected}, {@code unreachable}, {@code unauthorized}, {@code lost}
     * @param detail for people; holds no secret
     */
    void onState(String broker, BrokerState state, String reason, String detail);
}
