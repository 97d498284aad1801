package io.fengsui.edge.camera.gop;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.Codec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever cameras do and whoever holds snapshots: the budget holds, every byte comes back, no snapshot ever changes. */
class GopArenaPropertyTest {
    private static final long BUDGET = GopSettings.MIN_BUDGET;
    private static final GopSettings SETTINGS = new GopSettings(BUDGET, 300_000);

    /** One camera at random, its snapshots with what they must hold. */
    private static final class Camera {
        private record Held(GopSnapshot snapshot, List<byte[]> expected) {}

        private final SplittableRandom random;
        private final GopBuffer buffer;
        private final Deque<Held> held = new ArrayDeque<>();
        private final List<byte[]> group = new ArrayList<>();
        private long generation = 1;
        private long index;
        private long nanos;

        Camera(GopArena arena, long seed) {
            this.random = new SplittableRandom(seed);
            this.buffer = new GopBuffer(arena);
        }

        void step() {
            nanos += 66_000_000;
            switch (random.nextInt(20)) {
                case 0 -> buffer.clear();
                case 1 -> generation++;
                case 2 -> index += 2;
                case 3, 4, 5 -> hold(buffer.snapshot());
                case 6 -> hold(buffer.keyframe());
                case 7, 8, 9, 10 -> letGo();
                default -> add();
            }
        }

        private void add() {
            boolean isKeyframe = random.nextInt(12) == 0;
            byte[] bytes = new byte[random.nextInt(isKeyframe ? 60_000 : 9_000)];
            random.nextBytes(bytes);
            buffer.add(new AccessUnit(Codec.H264, bytes, isKeyframe, true, nanos, nanos, generation, index++));
            if (isKeyframe) {
                group.clear();
            }
            if (buffer.size() > group.size()) {
                group.add(bytes);
            } else {
                group.subList(buffer.size(), group.size()).clear();
            }
        }

        private void hold(GopSnapshot snapshot) {
            if (snapshot.isEmpty() || held.size() > 6) {
                snapshot.release();
            } else {
                held.add(new Held(snapshot, List.copyOf(group.subList(0, snapshot.size()))));
            }
        }

        private void letGo() {
            Held one = held.poll();
            if (one == null) {
                return;
            }
            for (int i = 0; i < one.snapshot().size(); i++) {
                if (!Arrays.equals(one.snapshot().annexB(i), one.expected().get(i))) {
                    throw new AssertionError("access unit " + i + " of a snapshot has changed");
                }
            }
            one.snapshot().release();
        }

        void end() {
            while (!held.isEmpty()) {
                letGo();
            }
            buffer.clear();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theBudgetHoldsAndEverythingComesBack(long seed) {
        GopArena arena = new GopArena(SETTINGS);
        List<Camera> cameras = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            cameras.add(new Camera(arena, seed * 1000 + i));
        }
        for (int round = 0; round < 600; round++) {
            for (Camera camera : cameras) {
                camera.step();
                assertThat(arena.usage().usedBytes()).isLessThanOrEqualTo(BUDGET);
                assertThat(arena.usage().reservedBytes()).isLessThanOrEqualTo(BUDGET);
            }
        }
        assertThat(arena.usage().shrunk() + arena.usage().refused())
                .as("memory was short at times")
                .isPositive();
        cameras.forEach(Camera::end);
        assertThat(arena.usage().usedBytes()).isZero();
    }

    @Test
    void severalLoopsShareAnArenaWithoutLosingASlab() throws Exception {
        GopArena arena = new GopArena(SETTINGS);
        int loops = 3;
        CyclicBarrier start = new CyclicBarrier(loops);
        AtomicBoolean wasOver = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(loops)) {
            List<Future<?>> ends = new ArrayList<>();
            for (int loop = 0; loop < loops; loop++) {
                int seed = loop;
                ends.add(threads.submit(() -> {
                    List<Camera> cameras = new ArrayList<>();
                    for (int i = 0; i < 10; i++) {
                        cameras.add(new Camera(arena, seed * 77L + i));
                    }
                    start.await();
                    for (int round = 0; round < 1000; round++) {
                        cameras.forEach(Camera::step);
                        if (arena.usage().usedBytes() > BUDGET) {
                            wasOver.set(true);
                        }
                    }
                    cameras.forEach(Camera::end);
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        }
        assertThat(wasOver).isFalse();
        assertThat(arena.usage().usedBytes()).isZero();
        List<GopBuffer> all = new ArrayList<>();
        for (int i = 0; i < BUDGET / 262_144; i++) {
            GopBuffer buffer = new GopBuffer(arena);
            buffer.snapshot();
            buffer.add(new AccessUnit(Codec.H264, new byte[262_144], true, true, 0, 0, 1, 0));
            assertThat(buffer.size()).as("keyframe " + i + " of a whole arena").isEqualTo(1);
            all.add(buffer);
        }
        all.forEach(GopBuffer::clear);
    }
}
