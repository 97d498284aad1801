package io.fengsui.hub.console.http.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

/** How much may come before something has left. */
class UnansweredLimitTest {
    private static final int MEBIBYTE = 1 << 20;

    private final EmbeddedChannel channel = new EmbeddedChannel();

    UnansweredLimitTest() {
        UnansweredLimit.guard(channel.pipeline());
    }

    private void come(int mebibytes) {
        for (int i = 0; i < mebibytes; i++) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[MEBIBYTE]));
            channel.releaseInbound();
        }
    }

    @Test
    void closesAConnectionThatIsOnlySentTo() {
        come((int) (UnansweredLimit.MOST / MEBIBYTE));
        assertThat(channel.isOpen()).isTrue();
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[1]));
        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.inboundMessages()).as("nothing more is handed on").isEmpty();
    }

    @Test
    void lastsAsLongAsSomethingLeavesNowAndThen() {
        for (int i = 0; i < 5; i++) {
            come((int) (UnansweredLimit.MOST / MEBIBYTE));
            channel.writeOutbound(Unpooled.wrappedBuffer(new byte[1]));
            channel.releaseOutbound();
        }
        assertThat(channel.isOpen()).isTrue();
    }
}
