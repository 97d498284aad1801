package io.fengsui.hub.console.http;

/** Ends a handler with a {@link Problem} as its answer. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.type() + ": " + problem.en());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
