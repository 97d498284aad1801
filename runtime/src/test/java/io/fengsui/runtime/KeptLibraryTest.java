package io.fengsui.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a class file in place of a library. */
class KeptLibraryTest {
    private static final String RESOURCE = "/io/fengsui/runtime/KeptLibrary.class";
    private static final String PROPERTY = "fengsui.test.library";

    @TempDir
    private Path data;

    @AfterEach
    void forget() {
        System.clearProperty(PROPERTY);
    }

    private static byte[] expected() throws IOException {
        try (InputStream in = Objects.requireNonNull(KeptLibrary.class.getResourceAsStream(RESOURCE))) {
            return in.readAllBytes();
        }
    }

    @Test
    void isWrittenOnceHoweverOftenItIsAskedFor() throws IOException {
        Path folder = data.resolve("native");
        Path file = KeptLibrary.place(KeptLibrary.class, RESOURCE, folder);
        assertThat(file).hasFileName("KeptLibrary.class").hasBinaryContent(expected());
        FileTime old = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(file, old);
        for (int i = 0; i < 3; i++) {
            KeptLibrary.place(KeptLibrary.class, RESOURCE, folder);
        }
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(old);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("KeptLibrary.class", "KeptLibrary.class.lock");
        }
    }

    @Test
    void anOtherVersionOrAHalfOneGivesWay() throws IOException {
        byte[] spoilt = expected();
        spoilt[spoilt.length / 2] ^= 1;
        Files.write(data.resolve("KeptLibrary.class"), spoilt);
        Files.write(data.resolve("KeptLibrary.class.new"), new byte[10]);
        assertThat(KeptLibrary.place(KeptLibrary.class, RESOURCE, data)).hasBinaryContent(expected());
        assertThat(data.resolve("KeptLibrary.class.new")).doesNotExist();
    }

    @Test
    void onADiskThatTakesNothingTheFileOfAnEarlierStartDoes() throws IOException {
        // No lock can be had while a folder has its name.
        Files.createDirectory(data.resolve("KeptLibrary.class.lock"));
        KeptLibrary.keep(KeptLibrary.class, RESOURCE, data, PROPERTY);
        assertThat(System.getProperty(PROPERTY)).isNull();
        Files.write(data.resolve("KeptLibrary.class"), expected());
        KeptLibrary.keep(KeptLibrary.class, RESOURCE, data, PROPERTY);
        assertThat(System.getProperty(PROPERTY)).isEqualTo(data.toString());
    }

    @Test
    void theLoaderIsToldOfTheFolderUnlessAPersonSaidAnother() {
        KeptLibrary.keep(KeptLibrary.class, RESOURCE, data, PROPERTY);
        assertThat(System.getProperty(PROPERTY)).isEqualTo(data.toString());
        KeptLibrary.keep(KeptLibrary.class, RESOURCE, data.resolve("other"), PROPERTY);
        assertThat(System.getProperty(PROPERTY)).isEqualTo(data.toString());
        assertThat(data.resolve("other")).doesNotExist();
    }

    @Test
    void whereItCannotBeKeptTheLoaderIsLeftAlone() throws IOException {
        Path taken = Files.createFile(data.resolve("a-file"));
        KeptLibrary.keep(KeptLibrary.class, RESOURCE, taken, PROPERTY);
        KeptLibrary.keep(KeptLibrary.class, "/no/such/library.so", data, PROPERTY);
        assertThat(System.getProperty(PROPERTY)).isNull();
        assertThatThrownBy(() -> KeptLibrary.place(KeptLibrary.class, "/no/such/library.so", data))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/no/such/library.so");
    }
}
