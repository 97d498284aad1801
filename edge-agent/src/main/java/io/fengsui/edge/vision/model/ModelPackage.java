package io.fengsui.edge.vision.model;

import io.fengsui.edge.vision.model.ModelManifest.Golden;
import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Sha256;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A model package whose manifest and labels were read and found good. The network's bytes are checked against the
 * manifest each time they are read, so what is loaded is what was hashed.
 */
public record ModelPackage(Path folder, ModelManifest manifest, List<String> labels) {
    /** Name of the manifest within the folder. */
    public static final String MANIFEST = "model.yaml";

    /** Largest network. */
    public static final long MAX_MODEL_BYTES = 256L << 20;

    private static final int MAX_LABELS = 2000;
    private static final int MAX_LABEL_BYTES = 256 << 10;
    private static final int MAX_GOLDEN_BYTES = 16 << 20;
    private static final int MAX_GOLDEN_SIDE = 2048;

    public ModelPackage {
        labels = List.copyOf(labels);
    }

    /** Reads manifest and labels, and checks the network's file. */
    public static ModelPackage load(Path folder) throws BadModelException {
        ModelPackage found = describe(folder);
        found.readModel();
        return found;
    }

    /** Reads manifest and labels only. */
    public static ModelPackage describe(Path folder) throws BadModelException {
        Path file = folder.resolve(MANIFEST);
        if (!Files.isRegularFile(file)) {
            throw new BadModelException("there is no model package in " + folder + ": " + file
                    + " is missing; give a folder such as models/nanodet-g/1");
        }
        ModelManifest manifest = ManifestReader.manifest(file);
        return new ModelPackage(folder, manifest, labels(folder.resolve(manifest.labelsFile())));
    }

    private static List<String> labels(Path file) throws BadModelException {
        List<String> labels = new String(read(file, MAX_LABEL_BYTES), java.nio.charset.StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .toList();
        if (labels.isEmpty() || labels.size() > MAX_LABELS) {
            throw new BadModelException(
                    file + " has " + labels.size() + " labels; 1 to " + MAX_LABELS + " are possible, one a line");
        }
        for (int i = 0; i < labels.size(); i++) {
            try {
                Checks.id("label", labels.get(i));
            } catch (IllegalArgumentException e) {
                throw new BadModelException(file + ", line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        if (new HashSet<>(labels).size() != labels.size()) {
            throw new BadModelException(file + " has a label twice; each class needs a label of its own");
        }
        return labels;
    }

    /** The network, checked: its hash is the manifest's, and it refers to no other file. */
    public byte[] readModel() throws BadModelException {
        Path file = folder.resolve(manifest.file());
        byte[] model = read(file, MAX_MODEL_BYTES);
        Sha256 found = Sha256.hashOf(model);
        if (!found.equals(manifest.sha256())) {
            throw new BadModelException(file + " is not the file that " + folder.resolve(MANIFEST)
                    + " speaks of: expected sha256 " + manifest.sha256() + ", found " + found
                    + "; copy the package again, or, if the change is meant, write the new hash into " + MANIFEST);
        }
        OnnxFile.check(file, model);
        return model;
    }

    /** Reads the golden pictures and what must be found in them. */
    public List<GoldenPicture> readGolden() throws BadModelException {
        List<GoldenPicture> pictures = new ArrayList<>();
        for (Golden golden : manifest.golden()) {
            pictures.add(golden(golden));
        }
        return pictures;
    }

    private GoldenPicture golden(Golden golden) throws BadModelException {
        Path file = folder.resolve(golden.picture());
        byte[] bytes = read(file, MAX_GOLDEN_BYTES);
        BufferedImage image;
        try (InputStream in = new java.io.ByteArrayInputStream(bytes)) {
            image = ImageIO.read(in);
        } catch (IOException e) {
            throw new BadModelException(file + " cannot be read as a picture: " + e.getMessage(), e);
        }
        if (image == null || image.getWidth() > MAX_GOLDEN_SIDE || image.getHeight() > MAX_GOLDEN_SIDE) {
            throw new BadModelException(
                    file + " is not a PNG of at most " + MAX_GOLDEN_SIDE + "x" + MAX_GOLDEN_SIDE + " pixels");
        }
        ManifestReader.Expectation expected = ManifestReader.expectation(folder.resolve(golden.expected()));
        for (var detection : expected.detections()) {
            if (!labels.contains(detection.label())) {
                throw new BadModelException(folder.resolve(golden.expected()) + " expects '" + detection.label()
                        + "', which is no label of " + manifest.labelsFile());
            }
        }
        return new GoldenPicture(
                golden.picture(),
                image.getWidth(),
                image.getHeight(),
                bgr(image),
                expected.detections(),
                expected.tolerance());
    }

    private static byte[] bgr(BufferedImage image) {
        int width = image.getWidth();
        int[] row = new int[width];
        byte[] bgr = new byte[width * image.getHeight() * 3];
        int at = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int rgb : row) {
                bgr[at++] = (byte) rgb;
                bgr[at++] = (byte) (rgb >> 8);
                bgr[at++] = (byte) (rgb >> 16);
            }
        }
        return bgr;
    }

    private static byte[] read(Path file, long maxBytes) throws BadModelException {
        try (InputStream in = Files.newInputStream(file)) {
            if (Files.size(file) > maxBytes) {
                throw new BadModelException(
                        file + " has " + Files.size(file) + " bytes; at most " + maxBytes + " are taken");
            }
            return in.readNBytes((int) maxBytes);
        } catch (IOException e) {
            throw new BadModelException(file + " cannot be read: " + e, e);
        }
    }
}
