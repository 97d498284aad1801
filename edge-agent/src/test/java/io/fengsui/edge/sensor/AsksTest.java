package io.fengsui.edge.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.profile.reading.Heard.Ask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AsksTest {
    private final Asks asks = new Asks();

    private void ask(int node, String why) {
        asks.add(new Ask("n" + node, "spBv1.0/town/NCMD/n" + node, new byte[0], why));
    }

    @Test
    void ofEachTopicTheNewestIsTakenOnceInTheOrderInWhichTheyCameUp() {
        ask(1, "a gap");
        ask(2, "a gap");
        ask(1, "no birth");
        assertThat(asks.takeAll())
                .extracting(a -> a.device() + " " + a.why())
                .containsExactly("n1 no birth", "n2 a gap");
        assertThat(asks.takeAll()).isEmpty();
    }

    /** A broker that sends words of ever new nodes and does not answer. */
    @Test
    void noMoreTopicsAreKeptThanTheirLimit() {
        IntStream.range(0, 10 * Asks.MAX_TOPICS).forEach(node -> ask(node, "no birth"));
        ask(3, "a gap");
        assertThat(asks.takeAll()).hasSize(Asks.MAX_TOPICS).extracting(Ask::why).contains("a gap");
        ask(Asks.MAX_TOPICS, "no birth");
        assertThat(asks.takeAll()).hasSize(1);
    }
}
