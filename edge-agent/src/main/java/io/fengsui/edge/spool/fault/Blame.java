package io.fengsui.edge.spool.fault;

/**
 * Who is to blame. An input is set aside, and so lost, only on the evidence of both sides: it failed {@value #MOST_FAILURES} times, and after
 * each of these something else went through, by the same code into the same tables and onto the same disk. Pure.
 */
public final class Blame {
    /** As often an input fails before it is set aside. */
    public static final int MOST_FAILURES = 3;

    /** What was being done when it failed. */
    public enum Doing {
        /** Writing what others want on disk, or ending the transaction that has it. */
        INPUTS,
        /** What can be done later. */
        UPKEEP,
        /** Writing others on trial, since an input had failed. */
        TRIAL
    }

    /** Why it failed, as far as it is known. */
    public enum Verdict {
        /** The store is to blame: it is verified and tried again, and what is known of inputs stands. */
        STORE_FAILED,
        /** An input is suspected: others are tried before it is tried again. */
        SUSPECTED,
        /** All fail: none of them is to blame, and what was held against them counts no more. */
        ALL_FAIL,
        /** It is left out for a while. */
        LEFT_OUT
    }

    private Blame() {}

    /** Of a transaction that is known not to be on disk. */
    public static Verdict of(Doing doing, Fault fault) {
        return switch (fault) {
            case STORE -> Verdict.STORE_FAILED;
            case INPUT ->
                switch (doing) {
                    case INPUTS -> Verdict.SUSPECTED;
                    case UPKEEP -> Verdict.LEFT_OUT;
                    case TRIAL -> Verdict.ALL_FAIL;
                };
        };
    }

    /** Others went through just now: whether one that failed so often by itself is set aside. */
    public static boolean isProven(int failures) {
        return failures >= MOST_FAILURES;
    }
}
