package io.fengsui.edge.uplink;

import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.read.PatientReader;
import io.fengsui.runtime.TimeSource;
import java.util.concurrent.ScheduledExecutorService;

/** What every session needs and outlives it. */
record LinkContext(
        UplinkSettings settings,
        HelloSource self,
        Spool spool,
        PatientReader reader,
        TimeSource time,
        ScheduledExecutorService executor,
        UplinkMeters meters,
        VolatileQueue volatileEvents) {}
