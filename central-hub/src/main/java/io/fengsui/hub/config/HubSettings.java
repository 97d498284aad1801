package io.fengsui.hub.config;

import io.fengsui.hub.access.RateSettings;
import io.fengsui.hub.access.SessionSettings;
import io.fengsui.hub.access.answer.AnswerSettings;
import io.fengsui.hub.console.ConsoleSettings;
import io.fengsui.hub.correlate.gather.GatherPolicy;
import io.fengsui.hub.grid.GridCell;
import io.fengsui.hub.grid.unit.Router;
import io.fengsui.hub.intake.IntakeSettings;
import io.fengsui.hub.notify.NotifyPolicy;
import io.fengsui.hub.notify.ladder.Ladder;
import io.fengsui.hub.sla.deadline.DeadlinePolicy;
import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.hub.store.KeepSettings;
import io.fengsui.hub.ticket.policy.TicketPolicy;
import io.fengsui.hub.ticket.workflow.Workflow;
import io.fengsui.rules.calendar.WorkingCalendar;
import io.fengsui.settings.Secret;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is configured.
 *
 * @param access who is let in beside people with accounts
 * @param silence an edge that is quiet for this long is told as silent
 * @param drain how long a stop may take to commit what waits
 */
public record HubSettings(
        Listen listen,
        Storage storage,
        ZoneId zone,
        IntakeSettings edges,
        Access access,
        Tickets tickets,
        List<GridCell> grids,
        Duration silence,
        Duration drain) {

    /** @param port 0 takes any that is free */
    public record Listen(
            InetAddress address, int port, @Nullable Tls tls) {}

    /**
     * Who is let in beside people with accounts.
     *
     * @param token what programs show; null: none is let in
     * @param isOpenOnLoopback whoever sits at this machine is an admin without signing in
     */
    public record Access(@Nullable Secret token, boolean isOpenOnLoopback, Limits limits) {
        /** With the limits that are the default. */
        public Access(@Nullable Secret token, boolean isOpenOnLoopback) {
            this(token, isOpenOnLoopback, Limits.DEFAULT);
        }
    }

    /**
     * What is borne of those that are let in.
     *
     * @param streams live pages that may be open at once
     */
    public record Limits(RateSettings rate, SessionSettings sessions, AnswerSettings answers, int streams) {
        public static final Limits DEFAULT = new Limits(
                RateSettings.DEFAULT,
                SessionSettings.DEFAULT,
                AnswerSettings.DEFAULT,
                ConsoleSettings.DEFAULT.maxStreams());
    }

    /**
     * What must survive restarts.
     *
     * @param data evidence, the last good configuration, and the database unless a server has it
     */
    public record Storage(Path data, DatabaseSettings database, KeepSettings keep) {
        /** In this folder alone, with the defaults. */
        public static Storage in(Path data) {
            return new Storage(data, new DatabaseSettings.SqliteFile(data.resolve("hub.db")), KeepSettings.DEFAULT);
        }
    }

    /** PEM files. */
    public record Tls(Path certificate, Path key) {}

    /**
     * @param window how long what is of one key belongs together
     * @param deadlines how long tickets may take
     * @param router to which units they go
     * @param telling who is told of them
     * @param correlation which incidents share a ticket
     * @param alertPatience for how long an alert of Alertmanager is believed without a word of it
     */
    public record Tickets(
            TicketPolicy policy,
            List<Workflow> workflows,
            Windows window,
            Deadlines deadlines,
            Router router,
            Telling telling,
            GatherPolicy correlation,
            Duration alertPatience) {
        /** Alertmanager repeats what fires every four hours unless it is told otherwise; twice in a row may be lost. */
        public static final Duration ALERT_PATIENCE = Duration.ofHours(12);

        public Tickets {
            workflows = List.copyOf(workflows);
        }

        /** With the patience that is the default. */
        public Tickets(
                TicketPolicy policy,
                List<Workflow> workflows,
                Windows window,
                Deadlines deadlines,
                Router router,
                Telling telling,
                GatherPolicy correlation) {
            this(policy, workflows, window, deadlines, router, telling, correlation, ALERT_PATIENCE);
        }

        /** Of which nobody is told. */
        public Tickets(
                TicketPolicy policy, List<Workflow> workflows, Windows window, Deadlines deadlines, Router router) {
            this(policy, workflows, window, deadlines, router, Telling.NONE, GatherPolicy.NONE);
        }
    }

    /**
     * @param join after an incident's end, within which an event of the same key still belongs to it
     * @param reopen after a ticket's end, within which the ticket of what begins again names it
     */
    public record Windows(Duration join, Duration reopen) {
        public static final Windows DEFAULT = new Windows(Duration.ofMinutes(10), Duration.ofDays(1));
    }

    /**
     * Who is told of tickets.
     *
     * @param warnings what is odd in the files and keeps no hub from its start; for people
     */
    public record Telling(NotifyPolicy notifications, List<Ladder> ladders, List<String> warnings) {
        public static final Telling NONE = new Telling(NotifyPolicy.NONE, List.of(), List.of());

        public Telling {
            ladders = List.copyOf(ladders);
            warnings = List.copyOf(warnings);
        }

        /** With these warnings more. */
        Telling warning(List<String> more) {
            return new Telling(
                    notifications,
                    ladders,
                    Stream.concat(warnings.stream(), more.stream()).toList());
        }
    }

    /** How long tickets may take, and when people work. */
    public record Deadlines(DeadlinePolicy policy, WorkingCalendar calendar) {}

    public HubSettings {
        grids = List.copyOf(grids);
    }

    public Path data() {
        return storage.data();
    }

    public DatabaseSettings database() {
        return storage.database();
    }
}
