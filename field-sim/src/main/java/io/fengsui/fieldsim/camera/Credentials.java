package io.fengsui.fieldsim.camera;

import java.util.List;

/** What a camera asks for before it answers: the schemes in the order in which they are offered. */
public record Credentials(List<AuthScheme> offered, String user, String password) {
    /** A camera that lets everyone in. */
    public static final Credentials NONE = new Credentials(List.of(), "", "");

    public Credentials {
        offered = List.copyOf(offered);
        if (!offered.isEmpty() && user.isEmpty()) {
            throw new IllegalArgumentException("a camera that asks for a password has a user");
        }
    }

    public static Credentials of(AuthScheme scheme, String user, String password) {
        return new Credentials(List.of(scheme), user, password);
    }

    public boolean isOpen() {
        return offered.isEmpty();
    }

    @Override
    public String toString() {
        return "Credentials" + offered;
    }
}
