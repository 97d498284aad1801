package io.fengsui.edge.app.command;

import io.fengsui.edge.control.ControlHandler;
import io.fengsui.edge.control.ControlServer;
import io.fengsui.runtime.CloseStack;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The command socket, which a data folder on a disk that takes nothing cannot hold yet. Confined to one thread. */
final class LateControl {
    private static final Logger LOG = LoggerFactory.getLogger(LateControl.class);

    private final Path folder;
    private final ControlHandler handler;
    private final CloseStack stack;
    private boolean isMissing;
    private boolean isTold;

    LateControl(Path folder, ControlHandler handler, CloseStack stack) {
        this.folder = folder;
        this.handler = handler;
        this.stack = stack;
    }

    /** @param mayWait whether the disk takes nothing, so that another time may do */
    void start(boolean mayWait) throws IOException {
        try {
            listen();
        } catch (IOException e) {
            if (!mayWait) {
                throw e;
            }
            isMissing = true;
            LOG.warn("no command socket while the disk takes nothing: {}", e.toString());
        }
    }

    /** Makes up for it, once the disk takes something. Returns whether it is to be tried again after a pause. */
    boolean startAgain(boolean isDiskWell) {
        if (!isMissing || !isDiskWell) {
            return false;
        }
        try {
            listen();
            LOG.info("the command socket is there");
        } catch (IOException e) {
            if (!isTold) {
                isTold = true;
                LOG.warn("still no command socket: {}", e.toString());
            }
        }
        return isMissing;
    }

    private void listen() throws IOException {
        stack.push("control", ControlServer.start(folder, handler));
        isMissing = false;
    }
}
