package io.fengsui.edge.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fengsui.edge.control.ControlReply;
import io.fengsui.edge.control.ControlServer;
import io.fengsui.runtime.CloseStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LateControlTest {
    @TempDir
    Path directory;

    private final CloseStack stack = new CloseStack();
    private Path folder;
    private LateControl control;

    @BeforeEach
    void make() {
        folder = directory.resolve("data");
        control =
                new LateControl(folder, request -> new ControlReply.Done(JsonNodeFactory.instance.objectNode()), stack);
    }

    @AfterEach
    void close() {
        stack.close();
    }

    @Test
    void waitsForADiskThatTakesNothing() throws Exception {
        control.start(true);
        assertThat(control.startAgain(false)).as("wait for a pause").isFalse();
        assertThat(control.startAgain(true)).as("wait for a pause").isTrue();
        assertThat(folder).doesNotExist();
        Files.createDirectory(folder);
        control.startAgain(false);
        assertThat(folder).isEmptyDirectory();
        assertThat(control.startAgain(true)).as("wait for a pause").isFalse();
        assertThat(folder.resolve(ControlServer.SOCKET_NAME)).exists();
        assertThat(control.startAgain(true)).as("wait for a pause").isFalse();
        stack.close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void onAWorkingDiskAnythingWrongIsTold() {
        assertThatThrownBy(() -> control.start(false)).isInstanceOf(IOException.class);
    }
}
