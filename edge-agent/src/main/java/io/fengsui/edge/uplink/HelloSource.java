package io.fengsui.edge.uplink;

import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.LaneState;
import io.fengsui.protocol.value.Moment;
import java.util.List;

/** Says who this box is and what it has. Called on {@code uplink}, at each connection: the inventory may have changed. */
public interface HelloSource {
    /** The hello for a spool's epoch and lanes. */
    Hello hello(String epoch, List<LaneState> lanes);

    /** Both clocks now. */
    Moment now();
}
