package io.fengsui.hub.evidence.mark;

import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.hub.shard.stage.Change;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes marks; of several on one picture the newest stays, the others stand in journal and audit. Writer's thread only. */
public final class MarkDesk implements Stage {
    private final MarkTable table;
    private final Map<List<String>, PictureMark> marks = new LinkedHashMap<>();

    public MarkDesk(MarkTable table) {
        this.table = table;
    }

    @Override
    public void take(Input input, Turn turn) {
        if (input instanceof Input.TaskTaken(TaskInput.PictureMarked said)) {
            Mark mark = Mark.of(said.mark())
                    .orElseThrow(() -> new IllegalArgumentException("there is no mark " + said.mark()));
            marks.put(
                    List.of(said.event(), said.camera()),
                    new PictureMark(said.event(), said.camera(), mark, said.note(), said.by(), turn.now()));
            turn.changed(Change.Entity.EVENT, said.event(), Change.Kind.CHANGED);
        }
    }

    @Override
    public void write() {
        if (!marks.isEmpty()) {
            table.write(List.copyOf(marks.values()));
            marks.clear();
        }
    }

    @Override
    public void forget() {
        marks.clear();
    }
}
