package io.fengsui.edge.profile;

/** Units that devices speak in, and how to get to SI: {@code value * factor + offset}. */
public enum Unit {
    NONE("", 1),
    RATIO("ratio", 1),
    PERCENT("ratio", 0.01),
    PPM("ratio", 1e-6),
    M("m", 1),
    DM("m", 0.1),
    CM("m", 0.01),
    MM("m", 0.001),
    KM("m", 1000),
    M3("m3", 1),
    L("m3", 0.001),
    ML("m3", 1e-6),
    M3_H("m3/s", 1.0 / 3600),
    M3_S("m3/s", 1),
    L_S("m3/s", 0.001),
    L_MIN("m3/s", 0.001 / 60),
    L_H("m3/s", 0.001 / 3600),
    M_S("m/s", 1),
    M_H("m/s", 1.0 / 3600),
    MM_H("m/s", 0.001 / 3600),
    KM_H("m/s", 1.0 / 3.6),
    DEGC("degC", 1),
    DEGF("degC", 5.0 / 9, -160.0 / 9),
    K("degC", 1, -273.15),
    PA("Pa", 1),
    HPA("Pa", 100),
    KPA("Pa", 1000),
    BAR("Pa", 1e5),
    V("V", 1),
    MV("V", 0.001),
    A("A", 1),
    MA("A", 0.001),
    W("W", 1),
    KW("W", 1000),
    WH("J", 3600),
    KWH("J", 3.6e6),
    S("s", 1),
    MS("s", 0.001),
    MIN("s", 60),
    H("s", 3600),
    LX("lx", 1),
    UG_M3("kg/m3", 1e-9),
    MG_M3("kg/m3", 1e-6),
    DB_M("dB/m", 1),
    DBM("dBm", 1);

    private final String si;
    private final double factor;
    private final double offset;

    Unit(String si, double factor) {
        this(si, factor, 0);
    }

    Unit(String si, double factor, double offset) {
        this.si = si;
        this.factor = factor;
        this.offset = offset;
    }

    /** The SI unit's sign. */
    public String si() {
        return si;
    }

    public double toSi(double value) {
        return value * factor + offset;
    }
}
