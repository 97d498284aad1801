package io.fengsui.edge.rtsp;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A user's name and where the password is had when it is needed. Prints neither.
 *
 * @param password asked on the event loop at each challenge: must not block
 */
public record Credentials(String username, Supplier<String> password) {
    public Credentials {
        if (username.isBlank() || username.length() > 255) {
            throw new IllegalArgumentException("a username has 1 to 255 characters");
        }
    }

    /** By what they are, so that a file read again with the same content disturbs no camera. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Credentials that
                && username.equals(that.username)
                && password.get().equals(that.password.get());
    }

    @Override
    public int hashCode() {
        return username.hashCode();
    }

    @Override
    public String toString() {
        return "Credentials[hidden]";
    }
}
