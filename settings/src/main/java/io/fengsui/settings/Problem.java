package io.fengsui.settings;

/**
 * One thing wrong with a configuration, told so that a person can mend it. Never holds a secret's value.
 *
 * @param code what sort of problem, for machines and for texts in other languages
 * @param reason what is wrong; English, no full stop
 * @param hint what to write instead, following the word "write"; may be empty
 */
public record Problem(Where where, Code code, String reason, String hint) {
    /** Sorts of problems; stable, so that a translation or a test can lean on them. */
    public enum Code {
        /** The file cannot be read, is too large or is not UTF-8. */
        FILE,
        /** Not YAML, or YAML that is not taken here (tags, several documents). */
        SYNTAX,
        UNKNOWN_KEY,
        DUPLICATE_KEY,
        MISSING,
        /** A number where a list is wanted, and the like. */
        TYPE,
        /** The right type, but a value that is not taken. */
        VALUE,
        /** A name that nothing in the configuration bears. */
        REFERENCE,
        /** A secret written where a reference belongs, or a reference that leads nowhere. */
        SECRET
    }

    @Override
    public String toString() {
        return where + ": " + reason + (hint.isEmpty() ? "" : "; write " + hint);
    }
}
