package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.wire.WireRecords;
import java.io.IOException;
import java.nio.file.Files;

/** Days on which something begins again when its ticket is done. */
abstract class ReturnDay extends ToldTest {
    Timeline day() throws IOException {
        return day("- {id: centre, channels: [hook], on: [opened]}", "");
    }

    /** With these rules of what belongs together. */
    Timeline gatheringDay(String rules) throws IOException {
        Files.writeString(folder.resolve("correlation.yaml"), rules);
        return day("- {id: centre, channels: [hook], on: [opened]}", "correlation: correlation.yaml");
    }

    /** An edge tells of it now. */
    static void tell(Timeline day, Event event) {
        assertThat(day.town.hub.shards().appendVolatile("edge-1", WireRecords.encode(event)))
                .isTrue();
        day.town.settle();
    }

    /** The same as an alarm that begins and ends in one. */
    static Event instant(Event begun) {
        return new Event(
                begun.id(),
                1,
                Phase.INSTANT,
                begun.kind(),
                begun.severity(),
                begun.lane(),
                begun.origin(),
                begun.times(),
                begun.cause(),
                begun.dedupKey(),
                begun.attributes(),
                begun.detections(),
                begun.evidence(),
                begun.why(),
                begun.marks());
    }
}
