package io.fengsui.benchmarks.chaos.oracle;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a producer has issued and what was acknowledged to it, line by line in a file beyond the reach of the faults: {@code I id
 * hash} is written before an id is given away, {@code A id} after its acknowledgement. Each line is written by one call, so
 * that it survives the death of the process. Thread-safe.
 */
public final class Obligations implements AutoCloseable {
    private final FileOutputStream out;

    private Obligations(FileOutputStream out) {
        this.out = out;
    }

    /** Goes on with the file, or begins it. */
    public static Obligations append(Path file) throws IOException {
        return new Obligations(new FileOutputStream(file.toFile(), true));
    }

    public void issued(String id, String hash) {
        write("I " + id + " " + hash + "\n");
    }

    public void acknowledged(String id) {
        write("A " + id + "\n");
    }

    /** Many at once, which came with one acknowledgement. */
    public void acknowledged(List<String> ids) {
        StringBuilder lines = new StringBuilder();
        ids.forEach(id -> lines.append("A ").append(id).append('\n'));
        write(lines.toString());
    }

    private void write(String lines) {
        try {
            synchronized (out) {
                out.write(lines.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /**
     * What a file says.
     *
     * @param issued hash of the payload by id
     * @param acknowledged ids
     */
    public record Book(Map<String, String> issued, Set<String> acknowledged) {
        public Book {
            issued = Map.copyOf(issued);
            acknowledged = Set.copyOf(acknowledged);
        }

        /** Those of both. */
        public Book and(Book other) {
            Map<String, String> all = new HashMap<>(issued);
            all.putAll(other.issued);
            Set<String> acks = new TreeSet<>(acknowledged);
            acks.addAll(other.acknowledged);
            return new Book(all, acks);
        }
    }

    /** Reads a file; its last line may be torn, any other must make sense. */
    public static Book read(Path file) throws IOException {
        String text = Files.exists(file) ? Files.readString(file) : "";
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        lines.removeLast();
        Map<String, String> issued = new HashMap<>();
        Set<String> acknowledged = new TreeSet<>();
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("I") && words.length == 3) {
                if (issued.put(words[1], words[2]) != null) {
                    throw new IOException(file + ": '" + words[1] + "' was issued twice");
                }
            } else if (words[0].equals("A") && words.length == 2) {
                acknowledged.add(words[1]);
            } else {
                throw new IOException(file + ": not a line of obligations: '" + line + "'");
            }
        }
        return new Book(issued, acknowledged);
    }
}
