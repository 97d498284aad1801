package io.fengsui.edge.spool;

import io.fengsui.runtime.KeptLibrary;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/** Keeps SQLite's native library in a folder. To be called before the first connection of the process. */
public final class SqliteLibrary {
    private static final String FOLDER = "org.sqlite.lib.path";

    private SqliteLibrary() {}

    public static void keepIn(Path folder) {
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
        KeptLibrary.keep(SQLiteJDBCLoader.class, resource, folder, FOLDER);
    }
}
