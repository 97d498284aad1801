package io.fengsui.edge.gate.luma;

/** What a camera sees by, as its pictures show it. What is usual by one light says nothing of the other. */
public enum LightRegime {
    COLOUR,
    /** Infrared, or a camera without colours. */
    GREY;

    private static final int SURELY_COLOUR = 15;
    private static final int SURELY_GREY = 8;

    /** The regime of a picture after one of this regime; in between nothing changes. */
    public LightRegime after(int chroma) {
        if (chroma >= SURELY_COLOUR) {
            return COLOUR;
        }
        return chroma <= SURELY_GREY ? GREY : this;
    }
}
