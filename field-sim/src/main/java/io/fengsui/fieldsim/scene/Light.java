package io.fengsui.fieldsim.scene;

/** What the camera sees by. */
public enum Light {
    DAY,
    /** The camera's own infrared lamp: grey, brighter in the middle, with more grain. */
    NIGHT
}
