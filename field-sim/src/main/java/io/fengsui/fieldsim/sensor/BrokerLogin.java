package io.fengsui.fieldsim.sensor;

/** The one user that a broker lets in. */
public record BrokerLogin(String user, String password) {
    public BrokerLogin {
        if (user.isBlank() || password.isEmpty()) {
            throw new IllegalArgumentException("a broker's login has a user and a password");
        }
    }

    @Override
    public String toString() {
        return "BrokerLogin[" + user + ']';
    }
}
