package io.fengsui.hub.console.http;

import com.linecorp.armeria.common.RequestHeaders;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The {@code Idempotency-Key} of a request: a string of RFC 8941, {@code "8e03978e-40d5"}, or the same without the
 * quotation marks; 1 to 128 visible ASCII characters.
 */
public final class IdempotencyKey {
    private static final String NAME = "idempotency-key";
    private static final Pattern FORM = Pattern.compile("\"([!#-\\[\\]-~]{1,128})\"|([!#-\\[\\]-~]{1,128})");

    private IdempotencyKey() {}

    /** Empty where there is none; a problem where it is none. */
    public static Optional<String> of(RequestHeaders headers) {
        if (!headers.contains(NAME)) {
            return Optional.empty();
        }
        var form = FORM.matcher(headers.get(NAME, "").strip());
        if (headers.getAll(NAME).size() > 1 || !form.matches()) {
            throw new Problem(
                            ProblemType.BAD_PARAMETER,
                            "Idempotency-Key 应为一个带引号的字符串,1 至 128 个可见 ASCII 字符,例如 \"8e03978e-40d5\"",
                            "an Idempotency-Key is one quoted string of 1 to 128 visible ASCII characters, such as"
                                    + " \"8e03978e-40d5\"")
                    .toException();
        }
        return Optional.of(form.group(1) != null ? form.group(1) : form.group(2));
    }
}
