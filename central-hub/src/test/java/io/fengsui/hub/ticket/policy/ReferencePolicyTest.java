package io.fengsui.hub.ticket.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.config.HubConfig;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the policy that is shipped makes of the kinds that edges send. */
class ReferencePolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");
    private final TicketPolicy policy = Objects.requireNonNull(
                    HubConfig.check(Path.of("../config/central-hub.yaml"), name -> null)
                            .settings())
            .tickets()
            .policy();

    @ParameterizedTest
    @CsvSource({
        "health.broker.offline, MAJOR, TICKET, 消息服务器断开",
        "health.sensor.battery, WARNING, TICKET, 更换电池",
        "health.sensor.stuck, WARNING, TICKET, 传感器读数卡死",
        "health.gateway.offline, MAJOR, TICKET, 传感器网关离线",
        "health.camera.quarantined, MAJOR, TICKET, 摄像机画面致识别进程反复崩溃",
        "health.vision.failed, MAJOR, TICKET, 视频识别停止",
        "health.storage.failed, CRITICAL, TICKET, 存储不可写",
        "health.configuration.refused, WARNING, TICKET, 配置有误",
        "health.records.dropped, MAJOR, TICKET, 记录丢失",
        "health.something.new, MINOR, TOO_MILD, 设备健康告警",
        "health.something.new, MAJOR, TICKET, 设备健康告警",
        "nobody.named.this, WARNING, TICKET, 事件",
        "nobody.named.this, INFO, TOO_MILD, 事件",
    })
    void rulesOnEachKind(String kind, Severity severity, TicketPolicy.PolicyReason reason, String title) {
        TicketPolicy.Ruling ruling = policy.decide(event(kind, severity), NOW, NOW, NOW);
        assertThat(ruling.reason()).isEqualTo(reason);
        assertThat(ruling.rule().title().zh()).startsWith(title);
        assertThat(ruling.rule().title().en()).isNotBlank();
    }

    private static Event event(String kind, Severity severity) {
        Moment now = new Moment(NOW, ClockQuality.SYNCED, "boot-1", 0);
        return new Event(
                EventId.make(NOW, new SplittableRandom(1)),
                1,
                Phase.BEGUN,
                new EventKind(kind),
                severity,
                Lane.URGENT,
                new Event.Origin("edge-1", "site-1", Source.edge("edge-1"), "", Place.UNKNOWN),
                new Event.Times(now, now, Duration.ZERO),
                Event.Cause.NONE,
                "",
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                Event.Marks.NONE);
    }
}
