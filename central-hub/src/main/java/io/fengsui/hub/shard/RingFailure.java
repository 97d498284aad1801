package io.fengsui.hub.shard;

import com.lmax.disruptor.ExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a ring does when its writer throws, which the writer itself sees to: it says so and goes on. */
final class RingFailure<T> implements ExceptionHandler<T> {
    private static final Logger LOG = LoggerFactory.getLogger(RingFailure.class);

    @Override
    public void handleEventException(Throwable e, long sequence, T slot) {
        LOG.error("the shard's writer failed on a batch", e);
    }

    @Override
    public void handleOnStartException(Throwable e) {
        LOG.error("the shard's writer failed to start", e);
    }

    @Override
    public void handleOnShutdownException(Throwable e) {
        LOG.error("the shard's writer failed to stop", e);
    }
}
