package io.fengsui.settings;

import io.fengsui.settings.Problem.Code;
import io.fengsui.settings.SettingNode.Entry;
import io.fengsui.settings.SettingNode.Mapping;
import io.fengsui.settings.SettingNode.Scalar;
import io.fengsui.settings.SettingNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * Parser events to nodes, within caps on depth and aliases. Built on events and not on the engine's own composer, so
 * that duplicate keys are told beside everything else and a deep file costs nothing. One document, one use.
 */
final class NodeBuilder {
    static final int MAX_DEPTH = 50;
    static final int MAX_ALIASES = 20;

    private final String file;
    private final Iterator<Event> events;
    private final Problems problems;
    private final Map<Anchor, SettingNode> anchors = new HashMap<>();
    private int aliases;

    NodeBuilder(String file, Iterator<Event> events, Problems problems) {
        this.file = file;
        this.events = events;
        this.problems = problems;
    }

    /** The only document's root; null when the file has none. */
    @Nullable
    SettingNode build() {
        SettingNode root = null;
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
                case DocumentStart -> {
                    if (root != null) {
                        throw refuse(event, "", "a second document begins here", "one document without further '---'");
                    }
                }
                case Scalar, SequenceStart, MappingStart, Alias -> root = node(event, "", 0);
                case SequenceEnd, MappingEnd ->
                    throw new IllegalStateException("an end without a start: " + event.getEventId());
            }
        }
        return root;
    }

    private SettingNode node(Event event, String key, int depth) {
        if (depth > MAX_DEPTH) {
            throw refuse(event, key, "nested deeper than " + MAX_DEPTH + " levels", "a flatter structure");
        }
        SettingNode node = switch (event.getEventId()) {
            case Alias -> alias((AliasEvent) event, key);
            case Scalar -> scalar((ScalarEvent) event, key);
            case SequenceStart -> sequence((CollectionStartEvent) event, key, depth);
            case MappingStart -> mapping((CollectionStartEvent) event, key, depth);
            case StreamStart, StreamEnd, DocumentStart, DocumentEnd, SequenceEnd, MappingEnd, Comment ->
                throw new IllegalStateException("not a value: " + event.getEventId());
        };
        if (event.getEventId() != Event.ID.Alias) {
            ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
        }
        return node;
    }

    private SettingNode alias(AliasEvent event, String key) {
        if (++aliases > MAX_ALIASES) {
            throw refuse(event, key, "more than " + MAX_ALIASES + " aliases", "the values themselves");
        }
        // an anchor is known only once its value is complete, so that nothing can hold itself
        SettingNode target = anchors.get(event.getAlias());
        if (target == null) {
            throw refuse(
                    event,
                    key,
                    "the alias *" + event.getAlias() + " has no complete value marked &" + event.getAlias()
                            + " before it",
                    "the value itself");
        }
        return target;
    }

    private Scalar scalar(ScalarEvent event, String key) {
        refuseTag(event, event.getTag(), key);
        return new Scalar(where(event, key), event.getValue(), event.isPlain());
    }

    private Sequence sequence(CollectionStartEvent start, String key, int depth) {
        refuseTag(start, start.getTag(), key);
        List<SettingNode> items = new ArrayList<>();
        for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
            items.add(node(e, key + "[" + items.size() + "]", depth + 1));
        }
        return new Sequence(where(start, key), List.copyOf(items));
    }

    private Mapping mapping(CollectionStartEvent start, String key, int depth) {
        refuseTag(start, start.getTag(), key);
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
            SettingNode name = node(e, key, depth + 1);
            if (!(name instanceof Scalar scalar)) {
                throw refuse(e, key, "a key is " + name.sort(), "a word as key");
            }
            String path = key.isEmpty() ? scalar.text() : key + "." + scalar.text();
            SettingNode value = node(events.next(), path, depth + 1);
            Where at = where(e, path);
            Entry earlier = entries.putIfAbsent(scalar.text(), new Entry(at, value));
            if (earlier != null) {
                problems.add(
                        at,
                        Code.DUPLICATE_KEY,
                        "this key is already set in line " + earlier.keyWhere().line(),
                        "it once");
            }
        }
        return new Mapping(where(start, key), entries);
    }

    private void refuseTag(Event event, Optional<String> tag, String key) {
        if (tag.isPresent()) {
            throw refuse(event, key, "the tag " + tag.get() + " is not taken here", "the plain value without '!'");
        }
    }

    private Where where(Event event, String key) {
        return SettingsFile.where(file, event.getStartMark()).withKey(key);
    }

    private Refused refuse(Event event, String key, String reason, String hint) {
        return new Refused(new Problem(where(event, key), Code.SYNTAX, reason, hint));
    }

    /** Ends the reading of a file: nothing after this place can be understood. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Problem problem;

        Refused(Problem problem) {
            super(problem.reason());
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }
}
