package io.fengsui.rules.condition;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A compiled expression over a message of any shape: {@code payload} and {@code item} are its JSON, {@code topic} and
 * {@code device} texts. Bounded like a {@link Condition}; what is wrong with a message shows only when it comes. Equal to
 * another of the same text. Immutable and thread-safe.
 */
public final class Expression {
    /** What stands for JSON's null among the variables. */
    public static final Object NULL = dev.cel.common.values.NullValue.NULL_VALUE;

    /** Names that an expression may use. */
    public static final List<String> VARIABLES = List.of("payload", "item", "topic", "device");

    private static final CelCompiler COMPILER = compiler();
    private static final CelRuntime RUNTIME = CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(Condition.OPTIONS)
            .build();

    private final String text;
    private final CelRuntime.Program program;

    private Expression(String text, CelRuntime.Program program) {
        this.text = text;
        this.program = program;
    }

    /** What compiling gave: an expression, or faults. */
    public sealed interface Compiled {
        record Sound(Expression expression) implements Compiled {}

        /** At least one fault. */
        record Faulty(List<ConditionFault> faults) implements Compiled {
            public Faulty {
                faults = List.copyOf(faults);
            }
        }
    }

    public static Compiled compile(String text) {
        if (text.isBlank() || text.length() > Condition.MAX_CHARACTERS) {
            String reason = "has " + text.length() + " characters; 1 to " + Condition.MAX_CHARACTERS + " are taken";
            return new Compiled.Faulty(List.of(ConditionFault.at(text, 1, 1, reason)));
        }
        CelValidationResult checked = COMPILER.compile(text);
        if (checked.hasError()) {
            return new Compiled.Faulty(ConditionFault.of(text, checked));
        }
        try {
            return new Compiled.Sound(new Expression(text, RUNTIME.createProgram(checked.getAst())));
        } catch (CelValidationException | CelEvaluationException e) {
            return new Compiled.Faulty(List.of(ConditionFault.at(text, 1, 1, "cannot be prepared: " + e.getMessage())));
        }
    }

    /** Its value; empty when it cannot be evaluated for this message: a missing key, a wrong type, a loop over its bound. */
    public Optional<Object> value(Map<String, ?> variables) {
        try {
            return Optional.ofNullable(program.eval(variables)).filter(value -> !value.equals(NULL));
        } catch (CelEvaluationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static CelCompiler compiler() {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(Condition.OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addVar("payload", SimpleType.DYN)
                .addVar("item", SimpleType.DYN)
                .addVar("topic", SimpleType.STRING)
                .addVar("device", SimpleType.STRING);
        return builder.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Expression e && text.equals(e.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
