package io.fengsui.hub.notify.channel;

import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem;
import io.fengsui.settings.Secret;
import io.fengsui.settings.ValueReader;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads channels from their YAML. */
public final class ChannelReader {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,47}");
    private static final Pattern ADDRESS = Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[A-Za-z0-9.-]{1,190}");
    private static final Pattern TOPIC = Pattern.compile("[^#+\\p{Cntrl}]{1,256}");
    private static final int MAX_TO = 50;

    private ChannelReader() {}

    /** The id of a channel, or of somebody who is told by some. */
    public static String id(MapReader map) {
        return map.matching("id", ID, "small letters, digits and hyphens, such as fire-brigade");
    }

    public static Optional<Channel> channel(MapReader map) {
        String id = id(map);
        Optional<Channel> webhook = map.map("webhook").flatMap(one -> webhook(id, one));
        Optional<Channel> mail = map.map("mail").flatMap(one -> mail(id, one));
        Optional<Channel> mqtt = map.map("mqtt").flatMap(one -> mqtt(id, one));
        long ways = Stream.of("webhook", "mail", "mqtt").filter(map::has).count();
        if (ways != 1) {
            map.problem("id", Problem.Code.VALUE, "a channel has one way, this one " + ways, "webhook, mail or mqtt");
        }
        return map.finish(() -> webhook.or(() -> mail).or(() -> mqtt).orElseThrow());
    }

    private static Optional<Channel> webhook(String id, MapReader map) {
        Optional<URI> url = map.required("url").flatMap(value -> value.uri("https", "http"));
        List<Secret> secrets = Stream.of(map.secret("secret"), map.secret("previous-secret"))
                .flatMap(Optional::stream)
                .toList();
        @Nullable Secret bearer = map.secret("bearer").orElse(null);
        Channel.Format format = map.enumeration("format", Channel.Format.class, Channel.Format.CLOUDEVENTS);
        return map.finish(() -> new Channel.Webhook(id, url.orElseThrow(), secrets, bearer, format));
    }

    private static Optional<Channel> mail(String id, MapReader map) {
        String host = map.string("host");
        Channel.MailSecurity security =
                map.enumeration("security", Channel.MailSecurity.class, Channel.MailSecurity.STARTTLS);
        int port = map.integer("port", 1, 65_535, 587);
        String from = map.matching("from", ADDRESS, "an address such as fengsui@example.org");
        List<String> to = map.list("to", value -> value.matching(ADDRESS, "an address such as duty@example.org"));
        if (to.isEmpty() || to.size() > MAX_TO) {
            map.problem("to", Problem.Code.VALUE, "there are " + to.size() + " receivers", "1 to " + MAX_TO);
        }
        Channel.Language language = map.enumeration("language", Channel.Language.class, Channel.Language.BOTH);
        Channel.Login login = login(map);
        return map.finish(
                () -> new Channel.Mail(id, new Channel.MailServer(host, port, security, login), from, to, language));
    }

    private static Optional<Channel> mqtt(String id, MapReader map) {
        Optional<URI> broker = map.required("broker").flatMap(value -> value.uri("tcp", "ssl"));
        String topic = map.matching("topic", TOPIC, "a topic without + and #, such as fengsui/tickets/{ticket}");
        Channel.Login login = login(map);
        return map.finish(() -> new Channel.Mqtt(id, broker.orElseThrow(), login, topic));
    }

    private static Channel.@Nullable Login login(MapReader map) {
        Optional<String> user = map.value("username").flatMap(ValueReader::string);
        Optional<Secret> password = map.secret("password");
        if (user.isPresent() != map.namesSecret("password")) {
            map.problem(
                    user.isPresent() ? "username" : "password-file",
                    Problem.Code.MISSING,
                    "one of username and password is missing",
                    "both, or none");
            return null;
        }
        return user.isPresent() && password.isPresent() ? new Channel.Login(user.get(), password.get()) : null;
    }
}
