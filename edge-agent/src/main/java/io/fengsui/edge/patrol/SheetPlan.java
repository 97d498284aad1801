package io.fengsui.edge.patrol;

/**
 * How tiles lie on a contact sheet: row by row from the upper left.
 *
 * @param caption height of the words under each picture
 */
public record SheetPlan(int columns, int rows, int tileWidth, int tileHeight, int caption) {
    private static final int WIDTH = 480;
    private static final int HEIGHT = 270;
    private static final int CAPTION = 30;

    public static SheetPlan of(int tiles) {
        int columns = Math.max(1, (int) Math.ceil(Math.sqrt(tiles)));
        int rows = Math.max(1, (tiles + columns - 1) / columns);
        return new SheetPlan(columns, rows, WIDTH, HEIGHT, CAPTION);
    }

    int width() {
        return columns * tileWidth;
    }

    int height() {
        return rows * (tileHeight + caption);
    }
}
