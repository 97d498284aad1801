package io.fengsui.benchmarks.events;

/** Whole numbers among the arguments of a benchmark. */
public final class Arguments {
    private Arguments() {}

    /** An argument with which nothing can be measured; the message says which, and what may stand there. */
    public static final class RefusedException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /**
     * The number in this place, from 1 to {@code most}; {@code usual} where there are fewer arguments.
     *
     * @param name what the usage calls it
     */
    static int whole(String[] arguments, int place, String name, int most, int usual) {
        if (arguments.length <= place) {
            return usual;
        }
        String told = arguments[place];
        boolean isNumber = told.matches("[0-9]{1,9}");
        int value = isNumber ? Integer.parseInt(told) : 0;
        if (value < 1 || value > most) {
            throw new RefusedException(name + " is '" + told + "'; it must be a whole number from 1 to " + most
                    + ", or left out: " + usual);
        }
        return value;
    }
}
