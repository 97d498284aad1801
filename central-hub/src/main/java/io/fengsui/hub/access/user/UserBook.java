package io.fengsui.hub.access.user;

import io.fengsui.hub.grid.place.Area;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.ticket.workflow.Role;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All accounts with what each of them reaches, as of the last time they were read. Thread-safe, never blocks. */
public final class UserBook {
    /** An account with what it reaches. */
    public record Known(Account account, Reach reach) {}

    private final AreaBook areas;
    private final Set<String> codes;
    private volatile Map<String, Known> byName = Map.of();

    public UserBook(AreaBook areas) {
        this.areas = areas;
        this.codes = areas.all().stream().map(Area::code).collect(Collectors.toUnmodifiableSet());
    }

    /** These are all accounts now; gives the names of those that were known before and are not as they were. */
    public Set<String> replace(Collection<Account> accounts) {
        Map<String, Known> old = byName;
        Map<String, Known> fresh = new LinkedHashMap<>();
        for (Account account : accounts) {
            Known before = old.get(account.user().name());
            Scope scope = account.user().scope();
            Reach reach =
                    before != null && before.account().user().scope().equals(scope) ? before.reach() : reach(scope);
            fresh.put(account.user().name(), new Known(account, reach));
        }
        byName = fresh;
        return old.entrySet().stream()
                .filter(one -> !one.getValue().equals(fresh.get(one.getKey())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    public boolean isEmpty() {
        return byName.isEmpty();
    }

    public List<Known> all() {
        return List.copyOf(byName.values());
    }

    public Optional<Known> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Whether the last admin who may sign in would be gone without this one. */
    public boolean isLastAdmin(String name) {
        return byName.values().stream()
                        .filter(UserBook::isActingAdmin)
                        .allMatch(one -> one.account().user().name().equals(name))
                && isActingAdmin(byName.get(name));
    }

    private static boolean isActingAdmin(@Nullable Known known) {
        return known != null
                && !known.account().standing().isDisabled()
                && known.account().user().role() == Role.ADMIN;
    }

    /** What a scope comes to in the tree of areas. */
    public Reach reach(Scope scope) {
        if (scope.areas().isEmpty()) {
            return new Reach(List.of(), scope.unit(), Set.of(), Set.of());
        }
        Set<String> inside = codes.stream()
                .filter(code -> scope.areas().stream().anyMatch(area -> areas.isWithin(code, area)))
                .collect(Collectors.toUnmodifiableSet());
        return new Reach(scope.areas(), scope.unit(), inside, codes);
    }
}
