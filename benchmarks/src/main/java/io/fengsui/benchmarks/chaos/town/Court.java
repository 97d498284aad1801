package io.fengsui.benchmarks.chaos.town;

import io.fengsui.benchmarks.chaos.oracle.Found;
import io.fengsui.benchmarks.chaos.oracle.Judgement;
import io.fengsui.benchmarks.chaos.oracle.Obligations;
import io.fengsui.benchmarks.chaos.oracle.Oracle;
import io.fengsui.benchmarks.chaos.oracle.Tickets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lays what a town's sensors were promised beside what its hub has. */
final class Court {
    private static final int TRIES = 20;
    private static final long PAUSE_MILLIS = 500;

    private final HubBook book;
    private final Path obligations;

    /** @param obligations what was published and acknowledged */
    Court(HubBook book, Path obligations) {
        this.book = book;
        this.obligations = obligations;
    }

    /**
     * Waits ten seconds for what is missing, then judges the alarms of these groups of sensors.
     *
     * @param isFresh whether an alarm of now came through
     */
    Judgement judge(boolean isFresh, String... groups) throws IOException, InterruptedException {
        Predicate<String> isOurs = id -> Stream.of(groups).anyMatch(group -> id.startsWith(group + "-"));
        Obligations.Book ours = owed(isOurs);
        List<Found> stored = List.of();
        Set<String> ids = Set.of();
        for (int tries = 0; tries < TRIES; tries++) {
            stored = book.alarms().alarms().stream()
                    .filter(found -> isOurs.test(found.id()))
                    .toList();
            ids = stored.stream().map(Found::id).collect(Collectors.toSet());
            if (ids.containsAll(ours.acknowledged())) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        Set<String> keys = stored.stream().map(Found::id).map(Court::sensor).collect(Collectors.toSet());
        List<String> tickets =
                book.tickets(TownFiles.KIND).stream().filter(isOurs).toList();
        return Oracle.judge(ours, stored, new Tickets(keys, tickets), isFresh);
    }

    private Obligations.Book owed(Predicate<String> isOurs) throws IOException {
        Obligations.Book all = Obligations.read(obligations);
        Map<String, String> issued = new HashMap<>(all.issued());
        issued.keySet().removeIf(isOurs.negate());
        return new Obligations.Book(
                issued, all.acknowledged().stream().filter(isOurs).collect(Collectors.toSet()));
    }

    private static String sensor(String id) {
        return id.substring(0, id.indexOf(':'));
    }
}
