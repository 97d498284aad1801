package io.fengsui.fieldsim.judge;

/** Adds up a metric of the Prometheus text format over all its labels. Pure. */
public final class MetricsText {
    private final String text;

    public MetricsText(String text) {
        this.text = text;
    }

    /** The sum, or -1 when there is no such metric. */
    public double sum(String name) {
        double sum = 0;
        boolean isFound = false;
        for (String line : text.split("\n")) {
            if (line.startsWith(name) && line.length() > name.length() && isEnd(line.charAt(name.length()))) {
                int labels = line.lastIndexOf('}');
                String[] parts = line.substring(labels < 0 ? name.length() : labels + 1)
                        .strip()
                        .split(" ");
                try {
                    sum += Double.parseDouble(parts[0]);
                    isFound = true;
                } catch (NumberFormatException e) {
                    // not a sample; another line may be one
                }
            }
        }
        return isFound ? sum : -1;
    }

    private static boolean isEnd(char next) {
        return next == '{' || next == ' ';
    }
}
