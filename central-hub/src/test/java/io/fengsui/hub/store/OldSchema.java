package io.fengsui.hub.store;

import org.flywaydb.core.Flyway;

/** A database as an older hub left it. */
final class OldSchema {
    private OldSchema() {}

    /** @param version the last migration that it knows */
    static void lay(Engine engine, int version) {
        Flyway.configure()
                .dataSource(engine.writing())
                .locations("classpath:db/migration/common")
                .placeholders(Schema.placeholders(engine))
                .target(version + "?")
                .load()
                .migrate();
    }
}
