package io.fengsui.settings;

import io.fengsui.settings.Problem.Code;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the readers of one part of a file share: where problems go, where relative paths start, where secrets come from,
 * and whether this part has a problem. A problem of a part is one of all parts around it. Confined to one thread.
 */
final class ReadScope {
    private final Problems problems;
    private final Path folder;
    private final Function<String, @Nullable String> environment;
    private final @Nullable ReadScope around;
    private boolean hasProblem;

    ReadScope(Problems problems, Path folder, Function<String, @Nullable String> environment) {
        this(problems, folder, environment, null);
    }

    private ReadScope(
            Problems problems,
            Path folder,
            Function<String, @Nullable String> environment,
            @Nullable ReadScope around) {
        this.problems = problems;
        this.folder = folder;
        this.environment = environment;
        this.around = around;
    }

    /** The scope of a part of this one. */
    ReadScope inner() {
        return new ReadScope(problems, folder, environment, this);
    }

    void add(Where where, Code code, String reason, String hint) {
        problems.add(where, code, reason, hint);
        for (ReadScope scope = this; scope != null; scope = scope.around) {
            scope.hasProblem = true;
        }
    }

    boolean hasProblem() {
        return hasProblem;
    }

    /** A path as written, made absolute from the file's folder. */
    Path resolve(String path) {
        return folder.resolve(path).normalize();
    }

    @Nullable
    String environment(String name) {
        return environment.apply(name);
    }
}
