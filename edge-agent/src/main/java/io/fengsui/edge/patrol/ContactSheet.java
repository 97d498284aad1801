package io.fengsui.edge.patrol;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lays pictures on one sheet, each with its camera and time under it; one that is missing is a grey field that says why.
 * Needs no disk. Words need a font of the system that has their characters: where there is none for Chinese, the camera's id stands there.
 */
final class ContactSheet {
    private static final Logger LOG = LoggerFactory.getLogger(ContactSheet.class);
    private static final float QUALITY = 0.8f;
    private static final int MARGIN = 6;
    private static final Color PAPER = new Color(0x20, 0x22, 0x26);
    private static final Color MISSING = new Color(0x55, 0x55, 0x55);

    /**
     * One picture.
     *
     * @param jpeg empty when it is missing
     * @param words under it, the best first: the first that can be written is
     * @param isFound whether something was found: it gets a red frame
     */
    @SuppressWarnings("ArrayRecordComponent") // painted, never compared
    record Tile(byte[] jpeg, List<String> words, boolean isFound) {}

    private ContactSheet() {}

    static byte[] paint(SheetPlan plan, List<Tile> tiles) throws IOException {
        BufferedImage sheet = new BufferedImage(plan.width(), plan.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setColor(PAPER);
            graphics.fillRect(0, 0, plan.width(), plan.height());
            for (int i = 0; i < tiles.size(); i++) {
                int x = i % plan.columns() * plan.tileWidth();
                int y = i / plan.columns() * (plan.tileHeight() + plan.caption());
                tile(graphics, plan, tiles.get(i), x, y);
            }
        } finally {
            graphics.dispose();
        }
        return jpeg(sheet);
    }

    private static void tile(Graphics2D graphics, SheetPlan plan, Tile tile, int x, int y) {
        int width = plan.tileWidth() - MARGIN;
        int height = plan.tileHeight() - MARGIN;
        BufferedImage picture = read(tile.jpeg());
        if (picture == null) {
            graphics.setColor(MISSING);
            graphics.fillRect(x, y, width, height);
        } else {
            double scale = Math.min((double) width / picture.getWidth(), (double) height / picture.getHeight());
            int w = (int) Math.round(picture.getWidth() * scale);
            int h = (int) Math.round(picture.getHeight() * scale);
            graphics.drawImage(picture, x + (width - w) / 2, y + (height - h) / 2, w, h, null);
        }
        if (tile.isFound()) {
            graphics.setColor(Color.RED);
            graphics.drawRect(x, y, width - 1, height - 1);
            graphics.drawRect(x + 1, y + 1, width - 3, height - 3);
        }
        write(graphics, tile.words(), x + MARGIN, y + plan.tileHeight() + plan.caption() - MARGIN * 2, width);
    }

    /** Null for a picture that is missing, or that cannot be read: the others are shown all the same. */
    private static @Nullable BufferedImage read(byte[] jpeg) {
        if (jpeg.length == 0) {
            return null;
        }
        try {
            // Closed by read, and of memory only.
            return ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg)));
        } catch (IOException | RuntimeException e) {
            LOG.warn("a picture for a contact sheet cannot be read: {}", e.toString());
            return null;
        }
    }

    private static void write(Graphics2D graphics, List<String> words, int x, int y, int width) {
        try {
            Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 17);
            graphics.setFont(font);
            graphics.setColor(Color.WHITE);
            String shown = words.stream()
                    .filter(line -> font.canDisplayUpTo(line) < 0)
                    .findFirst()
                    .orElse("");
            while (shown.length() > 1 && graphics.getFontMetrics().stringWidth(shown) > width) {
                shown = shown.substring(0, shown.length() - 1);
            }
            graphics.drawString(shown, x, y);
        } catch (RuntimeException | LinkageError | InternalError e) {
            // No fonts on this system: the console knows the order of the pictures and writes the names itself.
            LOG.debug("no words on a contact sheet: {}", e.toString());
        }
    }

    private static byte[] jpeg(BufferedImage sheet) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(sheet, null, null), how);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
