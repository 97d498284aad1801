package io.fengsui.runtime;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Linux that what lies in some memory outside the heap is not needed any more (madvise(2), {@code MADV_DONTNEED}): its
 * pages go back to the system, and are there again, as zeros, when they are touched next. Does nothing on other systems; never
 * throws. Thread-safe.
 */
public final class MemoryAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryAdvice.class);
    private static final int DONT_NEED = 4;

    private MemoryAdvice() {}

    /** Bytes of a page; 0 where no page can be given back. */
    public static int pageBytes() {
        return Calls.PAGE_BYTES;
    }

    /** Gives back the pages of this memory, which begins and ends with a page; returns whether they went. */
    public static boolean giveBack(MemorySegment pages) {
        MethodHandle advise = Calls.ADVISE;
        if (advise == null) {
            return false;
        }
        try {
            return (int) advise.invokeExact(pages, pages.byteSize(), DONT_NEED) == 0;
        } catch (Throwable e) { // a method handle may throw anything
            LOG.debug("memory is not given back", e);
            return false;
        }
    }

    /** The C library's functions; found when first needed. */
    private static final class Calls {
        static final @Nullable MethodHandle ADVISE = isLinux() ? call("madvise", ADDRESS, JAVA_LONG, JAVA_INT) : null;
        static final int PAGE_BYTES = ADVISE == null ? 0 : page();

        private static boolean isLinux() {
            return System.getProperty("os.name", "").startsWith("Linux");
        }

        private static int page() {
            MethodHandle page = call("getpagesize");
            try {
                return page == null ? 0 : (int) page.invokeExact();
            } catch (Throwable e) { // a method handle may throw anything
                LOG.debug("the size of a page is not to be had", e);
                return 0;
            }
        }

        private static @Nullable MethodHandle call(String name, MemoryLayout... arguments) {
            try {
                Linker linker = Linker.nativeLinker();
                return linker.defaultLookup()
                        .find(name)
                        .map(function -> linker.downcallHandle(function, FunctionDescriptor.of(JAVA_INT, arguments)))
                        .orElse(null);
            } catch (UnsupportedOperationException | IllegalCallerException e) {
                LOG.debug("this JVM does not let {} be called", name, e);
                return null;
            }
        }
    }
}
