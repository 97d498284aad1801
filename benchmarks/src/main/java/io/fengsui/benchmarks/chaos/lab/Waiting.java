package io.fengsui.benchmarks.chaos.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Asks again until the answer is yes. */
public final class Waiting {
    private static final long PAUSE_MILLIS = 25;

    private Waiting() {}

    /** A question that may not be answerable for now. */
    public interface Question {
        boolean ask() throws Exception;
    }

    /** Whether it came true in time. A question that throws counts as no. */
    public static boolean until(Duration within, Question question) throws InterruptedException {
        long begun = System.nanoTime();
        while (!isTrue(question)) {
            if (System.nanoTime() - begun > within.toNanos()) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return true;
    }

    /** Seconds that it took; {@link IOException} when it did not come. */
    public static double seconds(String what, Duration within, Question question)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        if (!until(within, question)) {
            throw new IOException("waited " + within.toSeconds() + " s in vain for " + what);
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private static boolean isTrue(Question question) throws InterruptedException {
        try {
            return question.ask();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return false;
        }
    }
}
