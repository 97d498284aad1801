package io.fengsui.edge.record;

import com.code_intelligence.jazzer.junit.FuzzTest;

class EntryCodecFuzzTest {
    @FuzzTest
    void bearsAnyBytes(byte[] bytes) {
        EntryCodec.decode(bytes);
    }
}
