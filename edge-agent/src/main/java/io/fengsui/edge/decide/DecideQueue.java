package io.fengsui.edge.decide;

import io.fengsui.edge.decide.health.HealthInput;
import io.fengsui.edge.sensor.SensorMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the decider. Pictures: one per camera, the newest wins, a replaced one is counted; what is only noted takes no
 * picture's place. Sensor messages: at most {@value #MAX_SENSOR_MESSAGES}, more are refused, which stops acknowledging; while
 * slots wait for the ring they wait here. Health: one word per part, the newest wins. Picture outcomes and tasks: bounded, more
 * are refused and counted. Thread-safe; putting waits for nothing but the lock, which is held for a moment.
 */
final class DecideQueue {
    static final int MAX_SENSOR_MESSAGES = 4096;
    /** Of one batch: that slots wait has to be seen before so many wait that readings are given up. */
    static final int MAX_TAKEN_MESSAGES = Outbox.MAX_WAITING / 4;

    static final int MAX_CAMERAS = 4096;
    static final int MAX_HEALTH = 8192;
    static final int MAX_TASKS = 8192;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition hasWork = lock.newCondition();
    private final Map<String, CameraView> pictures = new LinkedHashMap<>();
    private final ArrayDeque<SensorMessage> messages = new ArrayDeque<>();
    private final Map<String, HealthInput> health = new LinkedHashMap<>();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final AtomicLong picturesReplaced = new AtomicLong();
    private final AtomicLong messagesRefused = new AtomicLong();
    private final AtomicLong othersRefused = new AtomicLong();
    private boolean isCrowded;

    /** What waited, of sensor messages the oldest; health comes first, pictures last. */
    record Batch(
            List<HealthInput> health, List<Runnable> tasks, List<SensorMessage> messages, List<CameraView> pictures) {}

    boolean put(CameraView view) {
        return putting(() -> {
            String camera = view.camera();
            if (!pictures.containsKey(camera) && pictures.size() >= MAX_CAMERAS) {
                othersRefused.incrementAndGet();
                return false;
            }
            CameraView before = pictures.get(camera);
            if (before != null && view.isNote()) {
                return true;
            }
            pictures.put(camera, view);
            if (before != null && !before.isNote()) {
                picturesReplaced.incrementAndGet();
            }
            return true;
        });
    }

    boolean put(SensorMessage message) {
        return putting(() -> {
            if (isCrowded || messages.size() >= MAX_SENSOR_MESSAGES) {
                messagesRefused.incrementAndGet();
                return false;
            }
            return messages.add(message);
        });
    }

    boolean put(HealthInput word) {
        return putting(() -> {
            if (!health.containsKey(word.key()) && health.size() >= MAX_HEALTH) {
                othersRefused.incrementAndGet();
                return false;
            }
            health.remove(word.key());
            health.put(word.key(), word);
            return true;
        });
    }

    /** A picture's outcome, or a change of settings, to be run on {@code decide}. */
    boolean put(Runnable task) {
        return putting(() -> {
            if (tasks.size() >= MAX_TASKS) {
                othersRefused.incrementAndGet();
                return false;
            }
            return tasks.add(task);
        });
    }

    /** Refuses sensor messages, and gives none, until told otherwise. */
    void setCrowded(boolean crowded) {
        lock.lock();
        try {
            isCrowded = crowded;
        } finally {
            lock.unlock();
        }
    }

    /** Takes what waits, but for sensor messages beyond {@value #MAX_TAKEN_MESSAGES}; waits at most this long for the first. */
    Batch take(long waitNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = waitNanos;
            while (!isReady() && left > 0) {
                left = hasWork.awaitNanos(left);
            }
            Batch batch = new Batch(
                    List.copyOf(health.values()),
                    List.copyOf(tasks),
                    takenMessages(),
                    new ArrayList<>(pictures.values()));
            health.clear();
            tasks.clear();
            pictures.clear();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private boolean isReady() {
        return depth() > (isCrowded ? messages.size() : 0);
    }

    private List<SensorMessage> takenMessages() {
        List<SensorMessage> taken = new ArrayList<>();
        while (!isCrowded && !messages.isEmpty() && taken.size() < MAX_TAKEN_MESSAGES) {
            taken.add(messages.remove());
        }
        return taken;
    }

    /** How much waits now. */
    int size() {
        lock.lock();
        try {
            return depth();
        } finally {
            lock.unlock();
        }
    }

    private int depth() {
        return pictures.size() + messages.size() + health.size() + tasks.size();
    }

    private boolean putting(java.util.function.BooleanSupplier put) {
        lock.lock();
        try {
            boolean isTaken = put.getAsBoolean();
            if (isTaken) {
                hasWork.signal();
            }
            return isTaken;
        } finally {
            lock.unlock();
        }
    }

    long picturesReplaced() {
        return picturesReplaced.get();
    }

    long messagesRefused() {
        return messagesRefused.get();
    }

    long othersRefused() {
        return othersRefused.get();
    }

    /** Longest time that a thread waits here; then it looks whether it should end. */
    static long longestWait() {
        return TimeUnit.SECONDS.toNanos(1);
    }
}
