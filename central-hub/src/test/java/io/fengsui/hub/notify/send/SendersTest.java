package io.fengsui.hub.notify.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.fengsui.fieldsim.sensor.EmbeddedBroker;
import io.fengsui.hub.notify.Delivery;
import io.fengsui.hub.notify.TestDeliveries;
import io.fengsui.hub.notify.TryOutcome;
import io.fengsui.hub.notify.channel.Channel;
import io.fengsui.settings.Secret;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each way of sending, against a real receiver on loopback. */
class SendersTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_614_265_330);
    private static final Secret SECRET = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    private final Delivery delivery = TestDeliveries.waiting("20261121-0001.1.opened.c.hook");

    @Test
    void signsAsTheSpecificationsExample() {
        String signature = Signature.of(
                List.of(SECRET), "msg_p5jXN8AQM9LWM0D4loKWxJek", NOW.getEpochSecond(), "{\"test\": 2432232314}");
        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void postsASignedCloudEventWithBothSecretsWhileOneTakesTheOthersPlace() throws Exception {
        try (TestReceiver receiver = new TestReceiver();
                Sender sender = webhook(receiver.uri("/hook"), Channel.Format.CLOUDEVENTS)) {
            assertThat(sender.send(delivery, NOW).outcome()).isEqualTo(TryOutcome.DELIVERED);
            TestReceiver.Got got = receiver.got.getFirst();
            assertThat(got.header("content-type")).startsWith("application/cloudevents+json");
            assertThat(got.header("webhook-id")).isEqualTo(delivery.id());
            assertThat(got.header("webhook-signature"))
                    .isEqualTo(Signature.of(
                            List.of(SECRET, Secret.of("old")), delivery.id(), NOW.getEpochSecond(), got.body()))
                    .matches("v1,[^ ]{44} v1,[^ ]{44}");
            assertThat(got.header("authorization")).isEqualTo("Bearer let-me-in");
            JsonNode event = new ObjectMapper().readTree(got.body());
            assertThat(event.path("specversion").asText()).isEqualTo("1.0");
            assertThat(event.path("id").asText()).isEqualTo(delivery.id());
            assertThat(event.path("type").asText()).isEqualTo("io.fengsui.ticket.opened");
            assertThat(event.path("subject").asText()).isEqualTo("20261121-0001");
            assertThat(event.at("/data/notices/0/text/zh").asText()).isEqualTo("新工单");
        }
    }

    @Test
    void postsTheShapeOfAlertmanager() throws Exception {
        try (TestReceiver receiver = new TestReceiver();
                Sender sender = webhook(receiver.uri("/am"), Channel.Format.ALERTMANAGER)) {
            assertThat(sender.send(delivery, NOW).outcome()).isEqualTo(TryOutcome.DELIVERED);
            JsonNode message =
                    new ObjectMapper().readTree(receiver.got.getFirst().body());
            assertThat(message.path("version").asText()).isEqualTo("4");
            assertThat(message.path("status").asText()).isEqualTo("firing");
            assertThat(message.at("/alerts/0/labels/alertname").asText()).isEqualTo("fire.smoke");
            assertThat(message.at("/alerts/0/fingerprint").asText()).isEqualTo("20261121-0001");
        }
    }

    /** Each notice had its own time as startsAt: an alert that was resolved had lasted 0 s. */
    @Test
    void anAlertLastsFromTheOpeningOfItsTicketToItsEnd() throws Exception {
        Delivery done = TestDeliveries.done("20261121-0001.9.closed.c.hook", Duration.ofHours(2));
        try (TestReceiver receiver = new TestReceiver();
                Sender sender = webhook(receiver.uri("/am"), Channel.Format.ALERTMANAGER)) {
            sender.send(delivery, NOW);
            sender.send(done, NOW);
            ObjectMapper json = new ObjectMapper();
            JsonNode firing = json.readTree(receiver.got.get(0).body());
            JsonNode resolved = json.readTree(receiver.got.get(1).body());
            assertThat(firing.at("/alerts/0/endsAt").asText()).isEqualTo("0001-01-01T00:00:00Z");
            assertThat(resolved.path("status").asText()).isEqualTo("resolved");
            assertThat(resolved.at("/alerts/0/status").asText()).isEqualTo("resolved");
            assertThat(resolved.at("/alerts/0/fingerprint")).isEqualTo(firing.at("/alerts/0/fingerprint"));
            assertThat(resolved.at("/alerts/0/startsAt")).isEqualTo(firing.at("/alerts/0/startsAt"));
            assertThat(resolved.at("/alerts/0/startsAt").asText()).isEqualTo("2026-11-21T02:00:00Z");
            assertThat(resolved.at("/alerts/0/endsAt").asText()).isEqualTo("2026-11-21T04:00:00Z");
        }
    }

    @Test
    void followsNoRedirectAndTellsRefusalFromFailure() throws Exception {
        try (TestReceiver receiver = new TestReceiver();
                Sender sender = webhook(receiver.uri("/hook"), Channel.Format.CLOUDEVENTS)) {
            receiver.answer(302, 500, 410);
            assertThat(sender.send(delivery, NOW).outcome()).isEqualTo(TryOutcome.FAILED);
            assertThat(sender.send(delivery, NOW).outcome()).isEqualTo(TryOutcome.FAILED);
            assertThat(sender.send(delivery, NOW).outcome()).isEqualTo(TryOutcome.REFUSED);
            assertThat(receiver.got).extracting(TestReceiver.Got::path).containsOnly("/hook");
        }
    }

    @Test
    void failsWhereNobodyListensAndShowsNoSecret() throws Exception {
        try (Sender sender = webhook(URI.create("http://127.0.0.1:" + freePort() + "/"), Channel.Format.CLOUDEVENTS)) {
            Sender.Result result = sender.send(delivery, NOW);
            assertThat(result.outcome()).isEqualTo(TryOutcome.FAILED);
            assertThat(result.detail()).contains("ConnectException").doesNotContain("whsec", "let-me-in");
        }
    }

    @Test
    void sendsMailInBothLanguagesToARealServerThatWantsALogin() throws Exception {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
        server.setUser("duty@fire.example", "fengsui", "secret");
        server.start();
        try {
            int port = server.getSmtp().getPort();
            MailSender sender = mail(port, new Channel.Login("fengsui", Secret.of("secret")));
            assertThat(sender.send(delivery, NOW))
                    .extracting(Sender.Result::outcome)
                    .isEqualTo(TryOutcome.DELIVERED);
            MimeMessage message = server.getReceivedMessages()[0];
            assertThat(message.getSubject()).isEqualTo("新工单 / new ticket");
            assertThat(message.getMessageID()).isEqualTo("<" + delivery.id() + "@fengsui>");
            assertThat(String.valueOf(message.getContent())).contains("新工单", "new ticket");
            Sender.Result wrong =
                    mail(port, new Channel.Login("fengsui", Secret.of("guess"))).send(delivery, NOW);
            assertThat(wrong.outcome()).isEqualTo(TryOutcome.FAILED);
            assertThat(wrong.detail()).doesNotContain("guess");
        } finally {
            server.stop();
        }
        assertThat(mail(freePort(), null).send(delivery, NOW).outcome()).isEqualTo(TryOutcome.FAILED);
    }

    private static MailSender mail(int port, Channel.@Nullable Login login) {
        return new MailSender(new Channel.Mail(
                "mail",
                new Channel.MailServer("127.0.0.1", port, Channel.MailSecurity.NONE, login),
                "fengsui@example.org",
                List.of("duty@fire.example"),
                Channel.Language.BOTH));
    }

    @Test
    void publishesToARealBrokerAndComesBackAfterItWasAway() throws Exception {
        int port = freePort();
        BlockingQueue<String> got = new LinkedBlockingQueue<>();
        Channel.Mqtt channel = new Channel.Mqtt(
                "bus", URI.create("tcp://127.0.0.1:" + port), null, "fengsui/{grid}/tickets/{ticket}/{unit}");
        try (MqttSender sender = new MqttSender(channel)) {
            assertThat(sender.send(delivery, NOW).outcome()).isEqualTo(TryOutcome.FAILED);
            try (EmbeddedBroker broker = EmbeddedBroker.start(port)) {
                assertThat(broker).isNotNull();
                MqttClient subscriber = new MqttClient("tcp://127.0.0.1:" + port, "test", new MemoryPersistence());
                subscriber.connect();
                subscriber.subscribe("fengsui/#", 1, (topic, message) -> got.add(topic + " " + message));
                assertThat(sender.send(delivery, NOW).outcome()).isEqualTo(TryOutcome.DELIVERED);
                assertThat(got.poll(10, TimeUnit.SECONDS))
                        .startsWith("fengsui/g1/tickets/20261121-0001/_ ")
                        .contains("\"specversion\":\"1.0\"");
                subscriber.disconnectForcibly(0, 500);
                subscriber.close();
            }
        }
    }

    private static Sender webhook(URI url, Channel.Format format) {
        return new WebhookSender(
                new Channel.Webhook("hook", url, List.of(SECRET, Secret.of("old")), Secret.of("let-me-in"), format));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            socket.setReuseAddress(true);
            return socket.getLocalPort();
        }
    }
}
