package io.fengsui.edge.vision.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.vision.SnapshotJob;
import io.fengsui.edge.vision.TestingStreet;
import io.fengsui.edge.vision.VisionSettings.Limits;
import io.fengsui.edge.vision.VisionSettings.Staff;
import io.fengsui.edge.vision.VisionState;
import io.fengsui.edge.vision.pool.TestingPool.Said;
import io.fengsui.runtime.ManualTimeSource;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How workers end, and what is left then: a worker of its own for each. */
@Tag("slow")
@Timeout(120)
class WorkerLifeTest {
    private static final TimeSource TIME = TimeSource.system();

    @TempDir
    Path data;

    private TestingPool bench;

    @BeforeAll
    static void waitForProcesses() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    @AfterAll
    static void waitAsUsual() {
        Awaitility.reset();
    }

    @BeforeEach
    void startAPool() throws Exception {
        bench = new TestingPool(data, TestingPool.limits(Duration.ofSeconds(20)), TIME);
    }

    @AfterEach
    void closeThePool() throws IOException {
        bench.close();
    }

    @Test
    void whatAKilledWorkerHadIsDoneByAnother() throws Exception {
        bench.look("gate-1");
        bench.next();
        TestingPool.signal("STOP");
        bench.look("gate-1");
        await().until(() -> bench.pool.inFlight() == 1);
        TestingPool.signal("KILL");
        assertThat(bench.next().look().camera()).as("nothing is lost").isEqualTo("gate-1");
        bench.look("gate-2");
        assertThat(bench.next().look().camera()).isEqualTo("gate-2");
        assertThat(bench.pool.inFlight()).isZero();
        assertThat(bench.drops).isEmpty();
        assertThat(bench.accused).as("who killed it is not a camera").isEmpty();
        assertThat(bench.states).contains(new Said(VisionState.DOWN, "killed"));
    }

    @Test
    void aWorkerThatStandsStillIsEndedAndAnotherOneServes() throws Exception {
        bench.look("gate-1");
        bench.next();
        TestingPool.signal("STOP");
        bench.look("gate-1");
        assertThat(bench.next().look().camera()).as("nothing is lost").isEqualTo("gate-1");
        assertThat(bench.drops).isEmpty();
        assertThat(bench.states).contains(new Said(VisionState.DOWN, "silent"));
    }

    @Test
    void aCrashedWorkersLooksGoOneByOneAndTheCulpritIsNamed() throws Exception {
        bench.look("gate-1");
        bench.next();
        TestingPool.signal("STOP");
        bench.look("gate-1");
        await().until(() -> bench.pool.inFlight() == 1);
        TestingPool.signal("SEGV");
        TestingPool.signal("CONT");
        assertThat(bench.next().look().camera()).isEqualTo("gate-1");
        assertThat(bench.accused.poll(1, TimeUnit.SECONDS)).isEqualTo("gate-1");
        assertThat(bench.states).contains(new Said(VisionState.DOWN, "exited"));
    }

    @Test
    void aSpareWorkerTakesOverAtOnce() throws Exception {
        bench.close();
        bench = new TestingPool(data, TestingPool.limits(Duration.ofSeconds(20)), new Staff(1, 1, true), TIME);
        await().until(() -> TestingPool.workers() == 2 && bench.pool.readyWorkers() == 1);
        for (int death = 0; death < 3; death++) {
            await().until(() -> TestingPool.workers() == 2);
            bench.look("gate-1");
            bench.next();
            TestingPool.signal("KILL");
            bench.look("gate-1");
            bench.next();
        }
        assertThat(bench.drops).isEmpty();
    }

    @Test
    void aClosedPoolLeavesNoProcessAndNoSocket() throws Exception {
        bench.look("gate-1");
        bench.next();
        ProcessHandle worker = TestingPool.worker();
        bench.pool.close();
        await().until(() -> !worker.isAlive());
        assertThat(data.resolve("run/vision-0.sock")).doesNotExist();
        SnapshotJob job = new SnapshotJob(TestingStreet.look("gate-1", 1, 0), List.of(), List.of(), 640, 85);
        assertThatThrownBy(() -> bench.pool.snapshot(job).get()).hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void theWorkerSeesNothingOfTheAgentsEnvironmentAndGoesFirstWhenMemoryRunsOut() throws Exception {
        bench.look("gate-1");
        bench.next();
        Path proc = Path.of("/proc", Long.toString(TestingPool.worker().pid()));
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(proc));
        assertThat(Files.readString(proc.resolve("oom_score_adj")).strip()).isEqualTo("1000");
        assertThat(Files.readString(proc.resolve("environ")).split("\0"))
                .allSatisfy(e -> assertThat(e)
                        .matches("(?s)(CLASSPATH|LC_ALL|OPT_OUT_TRACKING|ORT_DISABLE_TELEMETRY|OPENBLAS_NUM_THREADS"
                                + "|OMP_NUM_THREADS|MALLOC_ARENA_MAX|DJL_CACHE_DIR|NLSPATH|LD_LIBRARY_PATH|_)=.*"));
        assertThat(Files.readString(proc.resolve("cmdline")).length()).isLessThan(4096);
    }

    @Test
    void aWorkerThatGivesNoSignOfLifeIsEndedAndAnotherOneServes() throws Exception {
        bench.close();
        ManualTimeSource time = new ManualTimeSource(Instant.parse("2026-05-01T08:00:00Z"));
        Limits patient = new Limits(Duration.ofDays(1), Duration.ofDays(1), 128, 1024);
        bench = new TestingPool(data, patient, time);
        await().until(() -> bench.pool.readyWorkers() == 1);
        TestingPool.signal("STOP");
        await().until(() -> {
            time.advance(Duration.ofMillis(400));
            return bench.states.contains(new Said(VisionState.DOWN, "silent"));
        });
        await().until(() -> {
            time.advance(Duration.ofMillis(100));
            return bench.pool.readyWorkers() == 1;
        });
        bench.look("gate-1");
        assertThat(bench.next().detections()).isNotEmpty();
    }

    @Test
    void aWorkerThatHoldsTooMuchMemoryIsEnded() throws Exception {
        bench.close();
        Limits tight = new Limits(Duration.ofSeconds(20), Duration.ofSeconds(60), 128, 64);
        bench = new TestingPool(data, tight, TIME);
        await().until(() -> bench.states.contains(new Said(VisionState.DOWN, "memory")));
    }
}
