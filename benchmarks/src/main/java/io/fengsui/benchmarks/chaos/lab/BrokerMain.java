package io.fengsui.benchmarks.chaos.lab;

import io.fengsui.fieldsim.sensor.EmbeddedBroker;
import java.util.concurrent.CountDownLatch;

/** The embedded broker in a process of its own, for machines without Mosquitto. */
public final class BrokerMain {
    private BrokerMain() {}

    /** Runs until it is killed. */
    public static void main(String[] arguments) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(Integer.parseInt(arguments[0]))) {
            System.out.println("broker ready port=" + broker.port());
            new CountDownLatch(1).await();
        }
    }
}
