package io.fengsui.benchmarks.quantize;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.fengsui.benchmarks.quantize.Preparation.Variant;
import io.fengsui.edge.vision.model.BadModelException;
import io.fengsui.edge.vision.model.InputSpec;
import io.fengsui.edge.vision.model.ModelPackage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * Least and greatest value of each activation over a folder of pictures. Arguments: the model's folder; the network whose activations
 * are outputs; the folder of pictures (PNG or JPEG, those in folders below too); the file to be written; sizes such as 320x192, the
 * manifest's own when none is given.
 */
public final class RangesMain {
    /** Pictures beyond are not read: each costs ten runs of the network. */
    private static final int MOST_PICTURES = 2000;

    private final Map<String, float[]> ranges = new TreeMap<>();

    private RangesMain() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 4) {
            System.err.println("wanted: MODEL-FOLDER OBSERVED PICTURES RANGES [WIDTHxHEIGHT...]");
            System.exit(2);
        }
        try {
            new RangesMain().run(List.of(arguments));
        } catch (BadModelException | IOException | IllegalArgumentException e) {
            System.err.println("quantize: " + e.getMessage());
            System.exit(1);
        }
    }

    private void run(List<String> arguments) throws BadModelException, IOException, OrtException {
        InputSpec own = ModelPackage.load(Path.of(arguments.get(0))).manifest().input();
        List<InputSpec> inputs = arguments.size() == 4
                ? List.of(own)
                : arguments.subList(4, arguments.size()).stream()
                        .map(size -> sized(own, size))
                        .toList();
        List<Path> pictures = pictures(Path.of(arguments.get(2)));
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        int read = 0;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session = environment.createSession(arguments.get(1), options)) {
            for (Path file : pictures) {
                BufferedImage picture = picture(file);
                if (picture == null) {
                    System.err.println("quantize: " + file + " is no picture that can be read; left out");
                    continue;
                }
                read++;
                for (InputSpec input : inputs) {
                    look(environment, session, input, picture);
                }
            }
        }
        if (read == 0) {
            throw new IllegalArgumentException("there is no picture (PNG or JPEG) in " + arguments.get(2));
        }
        write(Path.of(arguments.get(3)), read, inputs);
    }

    private static InputSpec sized(InputSpec input, String size) {
        if (!size.matches("\\d{2,4}x\\d{2,4}")) {
            throw new IllegalArgumentException("a size is written as 320x192, not " + size);
        }
        String[] sides = size.split("x", -1);
        return input.resized(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
    }

    private static List<Path> pictures(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder, 4)) {
            return files.filter(f -> f.toString().toLowerCase(Locale.ROOT).matches(".*\\.(png|jpe?g)"))
                    .sorted()
                    .limit(MOST_PICTURES)
                    .toList();
        }
    }

    private static @Nullable BufferedImage picture(Path file) {
        try {
            return ImageIO.read(file.toFile());
        } catch (IOException e) {
            return null;
        }
    }

    private void look(OrtEnvironment environment, OrtSession session, InputSpec input, BufferedImage picture)
            throws OrtException {
        Preparation preparation = new Preparation(input);
        for (Variant variant : Variant.values()) {
            FloatBuffer values = preparation.of(picture, variant);
            widen(input.name(), values);
            try (OnnxTensor tensor = OnnxTensor.createTensor(
                            environment, values, new long[] {1, 3, input.height(), input.width()});
                    OrtSession.Result found = session.run(Map.of(input.name(), tensor))) {
                found.forEach(one -> {
                    if (one.getValue() instanceof OnnxTensor activation) {
                        widen(one.getKey(), activation.getFloatBuffer());
                    }
                });
            }
        }
    }

    private void widen(String tensor, FloatBuffer values) {
        float[] range =
                ranges.computeIfAbsent(tensor, t -> new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY});
        for (int i = 0; i < values.limit(); i++) {
            float value = values.get(i);
            range[0] = Math.min(range[0], value);
            range[1] = Math.max(range[1], value);
        }
    }

    private void write(Path target, int read, List<InputSpec> inputs) throws IOException {
        StringBuilder out = new StringBuilder("# Least and greatest value of each activation: ")
                .append(read)
                .append(" pictures, each in ")
                .append(Variant.values().length)
                .append(" variants at ")
                .append(String.join(
                        ", ",
                        inputs.stream().map(i -> i.width() + "x" + i.height()).toList()))
                .append('\n');
        ranges.forEach((tensor, range) -> out.append(tensor)
                .append(' ')
                .append(range[0])
                .append(' ')
                .append(range[1])
                .append('\n'));
        Files.writeString(target, out);
        System.err.println(read + " pictures, " + ranges.size() + " activations, sizes "
                + Arrays.toString(
                        inputs.stream().map(i -> i.width() + "x" + i.height()).toArray()));
    }
}
