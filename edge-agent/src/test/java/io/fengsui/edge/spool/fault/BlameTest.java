package io.fengsui.edge.spool.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.spool.fault.Blame.Doing;
import io.fengsui.edge.spool.fault.Blame.Verdict;
import io.fengsui.edge.spool.store.SpoolException;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class BlameTest {
    static Stream<Arguments> thrown() {
        return Stream.of(
                Arguments.of(new IllegalStateException("not mine"), Fault.INPUT),
                Arguments.of(new NoClassDefFoundError("gone"), Fault.INPUT),
                Arguments.of(new StackOverflowError(), Fault.INPUT),
                Arguments.of(new AllFailException(new IllegalStateException()), Fault.INPUT),
                Arguments.of(new SpoolException("shut"), Fault.STORE),
                Arguments.of(new OutOfMemoryError("heap"), Fault.STORE),
                Arguments.of(new SQLException("the driver's own, without a code"), Fault.STORE));
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void whatWasThrownIsTheStoresOrPerhapsAnInputs(Throwable thrown, Fault fault) {
        assertThat(Fault.of(thrown)).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE_CONSTRAINT, INPUT",
        "SQLITE_CONSTRAINT_NOTNULL, INPUT",
        "SQLITE_CONSTRAINT_TRIGGER, INPUT",
        "SQLITE_TOOBIG, INPUT",
        "SQLITE_MISMATCH, INPUT",
        "SQLITE_RANGE, INPUT",
        "SQLITE_ERROR, INPUT",
        "SQLITE_IOERR, STORE",
        "SQLITE_IOERR_FSYNC, STORE",
        "SQLITE_IOERR_CORRUPTFS, STORE",
        "SQLITE_FULL, STORE",
        "SQLITE_CORRUPT, STORE",
        "SQLITE_NOTADB, STORE",
        "SQLITE_BUSY, STORE",
        "SQLITE_BUSY_SNAPSHOT, STORE",
        "SQLITE_LOCKED, STORE",
        "SQLITE_READONLY, STORE",
        "SQLITE_READONLY_DBMOVED, STORE",
        "SQLITE_CANTOPEN, STORE",
        "SQLITE_PROTOCOL, STORE",
        "SQLITE_PERM, STORE",
        "SQLITE_NOMEM, STORE",
        "SQLITE_INTERRUPT, STORE",
        "SQLITE_SCHEMA, STORE",
        "SQLITE_MISUSE, STORE",
        "SQLITE_INTERNAL, STORE"
    })
    void anErrorOfSqliteIsTheStoresUnlessAValueMayCauseIt(SQLiteErrorCode code, Fault fault) {
        assertThat(Fault.of(new SQLiteException("", code))).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource({
        "INPUTS, STORE, STORE_FAILED",
        "UPKEEP, STORE, STORE_FAILED",
        "TRIAL, STORE, STORE_FAILED",
        "INPUTS, INPUT, SUSPECTED",
        "UPKEEP, INPUT, LEFT_OUT",
        "TRIAL, INPUT, ALL_FAIL"
    })
    void whoIsToBlame(Doing doing, Fault fault, Verdict verdict) {
        assertThat(Blame.of(doing, fault)).isEqualTo(verdict);
    }

    @Test
    void theThirdFailureIsEnoughWhereOthersCanBeWritten() {
        assertThat(Blame.isProven(0)).isFalse();
        assertThat(Blame.isProven(2)).isFalse();
        assertThat(Blame.isProven(3)).isTrue();
    }
}
