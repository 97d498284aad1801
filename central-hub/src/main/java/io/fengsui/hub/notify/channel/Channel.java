package io.fengsui.hub.notify.channel;

import io.fengsui.settings.Secret;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A way to tell somebody outside. */
public sealed interface Channel {
    String id();

    /**
     * @param secrets sign; two while one takes the other's place; none: not signed
     * @param bearer for the {@code Authorization} header
     */
    record Webhook(
            String id,
            URI url,
            List<Secret> secrets,
            @Nullable Secret bearer,
            Format format) implements Channel {
        public Webhook {
            secrets = List.copyOf(secrets);
        }
    }

    enum Format {
        /** CloudEvents 1.0, structured JSON. */
        CLOUDEVENTS,
        /** The webhook of Prometheus Alertmanager, version 4. */
        ALERTMANAGER
    }

    record Mail(String id, MailServer server, String from, List<String> to, Language language) implements Channel {
        public Mail {
            to = List.copyOf(to);
        }
    }

    record MailServer(
            String host,
            int port,
            MailSecurity security,
            @Nullable Login login) {}

    enum MailSecurity {
        NONE,
        STARTTLS,
        TLS
    }

    record Mqtt(String id, URI broker, @Nullable Login login, String topic) implements Channel {}

    record Login(String user, Secret password) {}

    /** In which words people are told; both, one after the other, unless one is chosen. */
    enum Language {
        BOTH,
        ZH,
        EN
    }
}
