package io.fengsui.rules.geometry;

/** What is wrong with a list of points that should be a polygon. */
public enum PolygonFault {
    NONE("is a polygon", ""),
    TOO_FEW_POINTS("has fewer than three points", "three points or more, [[0.1, 0.2], [0.9, 0.2], [0.5, 0.9]]"),
    TOO_MANY_POINTS("has more than 256 points", "a coarser outline"),
    NOT_FINITE("has a coordinate that is no finite number", "numbers from 0 to 1"),
    OUTSIDE_THE_PICTURE(
            "has a point outside the picture", "coordinates from 0 to 1, as shares of the picture's width and height"),
    CROSSES_ITSELF("crosses or touches itself", "the corners in the order in which one walks around the zone"),
    NO_AREA("covers no area", "points that do not lie on one line");

    private final String text;
    private final String hint;

    PolygonFault(String text, String hint) {
        this.text = text;
        this.hint = hint;
    }

    /** For people: follows the name of the polygon. */
    public String text() {
        return text;
    }

    /** What to write instead; follows the word "write". */
    public String hint() {
        return hint;
    }
}
