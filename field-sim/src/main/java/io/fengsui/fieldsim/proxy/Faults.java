package io.fengsui.fieldsim.proxy;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The faults of one way, one a kind. */
record Faults(Map<Class<? extends Fault>, Fault> byKind) {
    static final Faults NONE = new Faults(Map.of());

    Faults {
        byKind = Map.copyOf(byKind);
    }

    Faults with(Fault fault) {
        return new Faults(Stream.concat(
                        byKind.values().stream().filter(old -> old.getClass() != fault.getClass()), Stream.of(fault))
                .collect(Collectors.toMap(Fault::getClass, one -> one)));
    }

    boolean has(Class<? extends Fault> kind) {
        return byKind.containsKey(kind);
    }

    <T extends Fault> Optional<T> get(Class<T> kind) {
        return Optional.ofNullable(kind.cast(byKind.get(kind)));
    }
}
