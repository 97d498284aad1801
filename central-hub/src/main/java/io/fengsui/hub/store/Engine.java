package io.fengsui.hub.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * What differs between databases: how to get a connection, and the schema's types. Everything else is SQL that both
 * understand.
 */
interface Engine {
    /** Read and write, every commit durable. Each call of it is a connection of its own. */
    DataSource writing();

    /** Like {@link #writing()}, for changes of the schema, which may take as long as they like. */
    default Connection migrating() throws SQLException {
        return writing().getConnection();
    }

    /**
     * The schema is the newest, and the writer has its connection.
     *
     * @return what each transaction that wrote something says before it commits; empty: nothing
     */
    default String opened(Connection writer) throws SQLException {
        return "";
    }

    /** Read only. */
    DataSource reading();

    /** Type of columns of bytes. */
    String blob();

    /** What a table function makes of a message's notices, which are a JSON array: rows with the column {@code value}. */
    String notices();

    /** Whether a connection may have died while nobody used it. */
    boolean isRemote();

    /** What a person calls it: a file or an address, without secrets. */
    String place();
}
