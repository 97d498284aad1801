package io.fengsui.edge.app;

/** The program's own version, from the jar's manifest. */
final class Version {
    static final String OF_THE_PROGRAM = read();

    private Version() {}

    private static String read() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
