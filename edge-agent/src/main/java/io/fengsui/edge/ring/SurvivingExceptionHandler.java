package io.fengsui.edge.ring;

import com.lmax.disruptor.ExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs and goes on. The Disruptor's own handler rethrows, which ends the consumer and fills the ring for ever. */
final class SurvivingExceptionHandler implements ExceptionHandler<SlotEntry> {
    private static final Logger LOG = LoggerFactory.getLogger(SurvivingExceptionHandler.class);

    @Override
    public void handleEventException(Throwable e, long sequence, @Nullable SlotEntry entry) {
        LOG.error("slot failed: sequence={}", sequence, e);
    }

    @Override
    public void handleOnStartException(Throwable e) {
        LOG.error("ring consumer failed at its start", e);
    }

    @Override
    public void handleOnShutdownException(Throwable e) {
        LOG.error("ring consumer failed at its end", e);
    }
}
