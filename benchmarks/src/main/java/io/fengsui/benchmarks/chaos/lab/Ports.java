package io.fengsui.benchmarks.chaos.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports that stay free while a program that has one is dead: below those that the system gives to connections, each given away once.
 * Thread-safe.
 */
public final class Ports {
    private static final int FIRST = 15_000;
    private static final int MANY = 15_000;
    private static final AtomicInteger NEXT = new AtomicInteger(new Random().nextInt(MANY));

    private Ports() {}

    public static int free() throws IOException {
        for (int tries = 0; tries < MANY; tries++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), MANY);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // somebody has it
            }
        }
        throw new IOException("no port is free");
    }
}
