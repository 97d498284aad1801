package io.fengsui.benchmarks.chaos.spool;

import io.fengsui.benchmarks.chaos.lab.Faults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Copies a spool again and again, each time to a disk of which another place cannot be read any more, and looks what came of it.
 * Started with the shim. Arguments: folder, file of faults, how many, file of the outcome.
 */
public final class BadPlacesMain {
    private BadPlacesMain() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        Faults faults = new Faults(Path.of(arguments[1]));
        int many = Integer.parseInt(arguments[2]);
        Random random = new Random(many);
        Path open = Files.createDirectory(folder.resolve("open"));
        Autopsy autopsy = Autopsy.of(folder, open, Files.createDirectory(folder.resolve("early")));
        int hit = 0;
        for (int i = 0; i < many; i++) {
            Path place = Files.createDirectory(folder.resolve("bad-" + i));
            Autopsy.copy(open, place);
            boolean isDatabase = i % 3 != 0;
            String name = isDatabase ? "spool.db" : "spool.db-wal";
            // The first pages of a file are where everything begins.
            long at = random.nextLong(i % 4 == 0 ? 1 << 16 : Files.size(open.resolve(name)));
            faults.badPlace(isDatabase, at);
            boolean isWell;
            try {
                String what = "a bad place of " + name + " at " + at;
                boolean hasStarted = autopsy.startAgain(place, what);
                isWell = autopsy.look(place, what) && hasStarted;
            } finally {
                hit += faults.hit() > 0 ? 1 : 0;
                faults.off();
            }
            if (isWell) {
                Shell.run("rm", "-rf", place.toString());
            }
        }
        Files.writeString(
                Path.of(arguments[3]),
                autopsy.outcome("G9", "bad-place", hit).json().toString());
    }
}
