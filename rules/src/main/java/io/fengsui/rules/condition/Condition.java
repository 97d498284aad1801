package io.fengsui.rules.condition;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A compiled condition. Equal to another when text and scope are. Immutable and thread-safe.
 *
 * <p>The work of an evaluation is bounded: the text by {@value #MAX_CHARACTERS} characters and {@value #MAX_NODES} nodes,
 * loops by {@value #MAX_ITERATIONS} rounds, and regular expressions run in linear time (RE2).
 */
public final class Condition {
    public static final int MAX_CHARACTERS = 2000;
    private static final int MAX_NODES = 500;
    private static final int MAX_ITERATIONS = 1000;
    private static final int MAX_DEPTH = 40;

    /** A condition that nobody wrote: always met. */
    public static final Condition ALWAYS = new Condition("", null, null);

    /** Bounds of every text in CEL. */
    static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(MAX_CHARACTERS)
            .maxParseExpressionNodeCount(MAX_NODES)
            .maxParseRecursionDepth(MAX_DEPTH)
            .comprehensionMaxIterations(MAX_ITERATIONS)
            .maxRegexProgramSize(1000)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private static final Map<ConditionScope, CelCompiler> COMPILERS = compilers();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();

    private final String text;
    private final @Nullable ConditionScope scope;
    private final CelRuntime.@Nullable Program program;
    private final AtomicLong failures = new AtomicLong();

    private Condition(String text, @Nullable ConditionScope scope, CelRuntime.@Nullable Program program) {
        this.text = text;
        this.scope = scope;
        this.program = program;
    }

    /** What compiling gave: a condition, or faults. */
    public sealed interface Compiled {
        record Sound(Condition condition) implements Compiled {}

        /** At least one fault. */
        record Faulty(List<ConditionFault> faults) implements Compiled {
            public Faulty {
                faults = List.copyOf(faults);
            }
        }
    }

    /** What an evaluation gave. */
    public enum Verdict {
        MET,
        NOT_MET,
        /** Could not be evaluated (a division by zero, a loop over its bound). */
        FAILED
    }

    /** Compiles and checks a text; an empty one is {@link #ALWAYS}. */
    public static Compiled compile(String text, ConditionScope scope) {
        if (text.isBlank()) {
            return new Compiled.Sound(ALWAYS);
        }
        if (text.length() > MAX_CHARACTERS) {
            return faulty(text, 1, 1, "has " + text.length() + " characters, more than " + MAX_CHARACTERS);
        }
        CelValidationResult checked =
                Objects.requireNonNull(COMPILERS.get(scope)).compile(text);
        if (checked.hasError()) {
            return new Compiled.Faulty(ConditionFault.of(text, checked));
        }
        try {
            return new Compiled.Sound(new Condition(text, scope, RUNTIME.createProgram(checked.getAst())));
        } catch (CelValidationException | CelEvaluationException e) {
            return faulty(text, 1, 1, "cannot be prepared: " + e.getMessage());
        }
    }

    /** Evaluates with a value for every variable of the scope. */
    public Verdict test(Map<String, ?> variables) {
        if (program == null) {
            return Verdict.MET;
        }
        try {
            return Boolean.TRUE.equals(program.eval(variables)) ? Verdict.MET : Verdict.NOT_MET;
        } catch (CelEvaluationException | RuntimeException e) {
            failures.incrementAndGet();
            return Verdict.FAILED;
        }
    }

    /** How often it could not be evaluated since it was compiled. */
    public long failures() {
        return failures.get();
    }

    /** Whether it is always met, so that no variables need be gathered. */
    public boolean isAlways() {
        return program == null;
    }

    private static Map<ConditionScope, CelCompiler> compilers() {
        Map<ConditionScope, CelCompiler> compilers = new EnumMap<>(ConditionScope.class);
        for (ConditionScope scope : ConditionScope.values()) {
            CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                    .setOptions(OPTIONS)
                    .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                    .setResultType(SimpleType.BOOL);
            scope.texts().forEach(name -> builder.addVar(name, SimpleType.STRING));
            scope.numbers().forEach(name -> builder.addVar(name, SimpleType.DOUBLE));
            compilers.put(scope, builder.build());
        }
        return compilers;
    }

    private static Compiled faulty(String text, int line, int column, String reason) {
        return new Compiled.Faulty(List.of(ConditionFault.at(text, line, column, reason)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Condition c && text.equals(c.text) && scope == c.scope;
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, scope);
    }

    @Override
    public String toString() {
        return text;
    }
}
