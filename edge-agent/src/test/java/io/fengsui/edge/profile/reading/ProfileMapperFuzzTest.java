package io.fengsui.edge.profile.reading;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fengsui.edge.profile.ProfileLibrary;
import java.time.Instant;
import java.time.ZoneOffset;

/** No message makes the mapping of any profile throw. */
class ProfileMapperFuzzTest {
    private static final String[] TOPICS = {
        "zigbee2mqtt/k",
        "tele/d/SENSOR",
        "application/a/device/d/event/up",
        "spBv1.0/g/NBIRTH/n",
        "v1/gateway/telemetry",
        "homeassistant/sensor/x/config",
        "frigate/events",
        "zigbee2mqtt/bridge/state",
        "gb28181/alarm"
    };

    @FuzzTest
    void anyMessageIsHeardOrRefused(byte[] payload) {
        ProfileMapper mapper = new ProfileMapper(new DeviceMemory());
        ProfileLibrary library = ProfileLibrary.builtIn();
        for (String topic : TOPICS) {
            Incoming message = new Incoming(topic, payload, false, Instant.EPOCH, ZoneOffset.UTC);
            for (String id : library.ids()) {
                mapper.hear(new ProfileMapper.Bound(library.find(id).orElseThrow(), ""), message);
            }
        }
    }
}
