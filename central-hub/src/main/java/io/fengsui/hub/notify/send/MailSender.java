package io.fengsui.hub.notify.send;

import io.fengsui.hub.notify.Delivery;
import io.fengsui.hub.notify.Notice;
import io.fengsui.hub.notify.TryOutcome;
import io.fengsui.hub.notify.channel.Channel;
import io.fengsui.protocol.value.Name;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;

/** Sends messages as plain text by SMTP (RFC 5321), in the languages that are wanted; a connection a message. */
final class MailSender implements Sender {
    private static final String MILLIS = "5000";

    private final Channel.Mail channel;
    private final Session session;

    MailSender(Channel.Mail channel) {
        this.channel = channel;
        this.session = Session.getInstance(properties(channel.server()));
    }

    private static Properties properties(Channel.MailServer server) {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", server.host());
        properties.put("mail.smtp.port", Integer.toString(server.port()));
        properties.put("mail.smtp.connectiontimeout", MILLIS);
        properties.put("mail.smtp.timeout", MILLIS);
        properties.put("mail.smtp.writetimeout", MILLIS);
        properties.put("mail.smtp.auth", Boolean.toString(server.login() != null));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        switch (server.security()) {
            case NONE -> {}
            case STARTTLS -> {
                properties.put("mail.smtp.starttls.enable", "true");
                properties.put("mail.smtp.starttls.required", "true");
            }
            case TLS -> properties.put("mail.smtp.ssl.enable", "true");
        }
        return properties;
    }

    @Override
    public Result send(Delivery delivery, Instant now) {
        Channel.Login login = channel.server().login();
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect(
                    login == null ? null : login.user(),
                    login == null ? null : login.password().reveal());
            Message message = message(delivery, now);
            message.saveChanges();
            transport.sendMessage(message, message.getAllRecipients());
            return new Result(
                    TryOutcome.DELIVERED, "taken by " + channel.server().host());
        } catch (MessagingException e) {
            return new Result(TryOutcome.FAILED, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private Message message(Delivery delivery, Instant now) throws MessagingException {
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                // The same at every try, so that a mailbox can tell a repeated one.
                setHeader("Message-ID", "<" + delivery.id() + "@fengsui>");
            }
        };
        message.setFrom(new InternetAddress(channel.from()));
        for (String to : channel.to()) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(to));
        }
        message.setSentDate(Date.from(now));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setSubject(subject(delivery), "UTF-8");
        message.setText(text(delivery), "UTF-8");
        return message;
    }

    private String subject(Delivery delivery) {
        int count = delivery.notices().size() + delivery.omitted();
        Name several = new Name("[烽燧] " + count + " 条工单消息", "[Fengsui] " + count + " messages about tickets");
        Name one = delivery.notices().getFirst().text();
        return said(count > 1 ? several : one, " / ").replaceAll("\\p{Cntrl}", " ");
    }

    private String text(Delivery delivery) {
        StringBuilder text = new StringBuilder();
        for (Notice notice : delivery.notices()) {
            text.append(said(notice.text(), "\n")).append('\n');
            text.append(notice.at()).append("  ").append(said(notice.about().place(), " / "));
            text.append("\n\n");
        }
        if (delivery.omitted() > 0) {
            text.append(said(
                    new Name(
                            "另有 " + delivery.omitted() + " 条,见控制台",
                            "and " + delivery.omitted() + " more: see the console"),
                    "\n"));
        }
        return text.toString();
    }

    private String said(Name name, String between) {
        return switch (channel.language()) {
            case ZH -> name.zh();
            case EN -> name.en();
            case BOTH -> name.zh().equals(name.en()) ? name.zh() : name.zh() + between + name.en();
        };
    }
}
