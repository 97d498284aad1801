package io.fengsui.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MemoryAdviceTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void aPageThatIsGivenBackIsZerosAndItsNeighboursAreAsTheyWere() {
        int page = MemoryAdvice.pageBytes();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment three = arena.allocate(3L * page, page);
            three.fill((byte) 7);
            assertThat(MemoryAdvice.giveBack(three.asSlice(page, page))).isTrue();
            for (int i = 0; i < 3; i++) {
                byte[] bytes = three.asSlice((long) i * page, page).toArray(ValueLayout.JAVA_BYTE);
                assertThat(bytes).containsOnly(i == 1 ? 0 : 7);
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatIsNoWholePageIsRefusedAndStaysAsItWas() {
        int page = MemoryAdvice.pageBytes();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment two = arena.allocate(2L * page, page);
            two.fill((byte) 7);
            assertThat(MemoryAdvice.giveBack(two.asSlice(8, page))).isFalse();
            assertThat(two.toArray(ValueLayout.JAVA_BYTE)).containsOnly(7);
        }
    }
}
