package io.fengsui.hub.evidence.mark;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How somebody found a picture. */
public enum Mark {
    /** As it should be. */
    FINE,
    /** Something is not as it should be. */
    WRONG,
    /** It cannot be told from the picture. */
    UNCLEAR;

    /** As in JSON and in the journal. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty where there is no such mark. */
    public static Optional<Mark> of(String label) {
        return Stream.of(values()).filter(mark -> mark.label().equals(label)).findFirst();
    }
}
