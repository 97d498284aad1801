package io.fengsui.edge.camera.gop;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.runtime.MemoryAdvice;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SlabMemoryTest {
    private static final int SLAB = GopArena.SLAB_BYTES;
    private static final int CHUNK = GopArena.CHUNK_SLABS;

    private final SlabMemory memory = new SlabMemory(2 * CHUNK);

    private void fill() {
        for (int slab = 0; slab < 2 * CHUNK; slab++) {
            byte[] bytes = new byte[SLAB];
            Arrays.fill(bytes, (byte) (1 + slab % 100));
            memory.write(new int[] {slab}, 0, bytes);
        }
    }

    private byte[] read(int slab) {
        byte[] bytes = new byte[SLAB];
        memory.read(new int[] {slab}, 0, bytes);
        return bytes;
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void slabsThatAreGivenBackLoseTheirPagesAndNoOthers() {
        memory.allocate(0, CHUNK);
        memory.allocate(1, CHUNK);
        fill();
        int slabsOfAPage = Math.max(1, MemoryAdvice.pageBytes() / SLAB);
        int from = slabsOfAPage;
        int to = CHUNK + 2 * slabsOfAPage;
        int[] given = new int[to - from];
        for (int i = 0; i < given.length; i++) {
            given[i] = to - 1 - i;
        }

        memory.giveBack(given);

        for (int slab = 0; slab < 2 * CHUNK; slab++) {
            byte expected = slab >= from && slab < to ? 0 : (byte) (1 + slab % 100);
            assertThat(read(slab)).as("slab " + slab).containsOnly(expected);
        }
        fill();
        assertThat(read(from)).containsOnly((byte) (1 + from % 100));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aPageIsNotLargerThanAChunk() {
        assertThat(MemoryAdvice.pageBytes()).isPositive();
        assertThat(CHUNK * SLAB % MemoryAdvice.pageBytes()).isZero();
    }
}
