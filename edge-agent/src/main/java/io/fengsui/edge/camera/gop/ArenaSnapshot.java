package io.fengsui.edge.camera.gop;

import io.fengsui.edge.bitstream.Codec;
import java.util.concurrent.atomic.AtomicBoolean;

/** The first access units of a chain; the chain lives at least as long as this is not released. */
final class ArenaSnapshot implements GopSnapshot {
    private final GopChain chain;
    private final GopChain.Contents contents;
    private final int size;
    private final boolean isBroken;
    private final AtomicBoolean isReleased = new AtomicBoolean();

    /** Takes over one count of the chain, which its maker has added. */
    ArenaSnapshot(GopChain chain, GopChain.Contents contents, int size, boolean isBroken) {
        this.chain = chain;
        this.contents = contents;
        this.size = size;
        this.isBroken = isBroken;
    }

    @Override
    public Codec codec() {
        return chain.codec();
    }

    @Override
    public long generation() {
        return chain.generation();
    }

    @Override
    public long firstIndex() {
        return chain.firstIndex();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean isBroken() {
        return isBroken;
    }

    @Override
    public int bytes(int unit) {
        return contents.end(checked(unit)) - contents.start(unit);
    }

    @Override
    public long arrivalNanos(int unit) {
        return contents.arrivals()[checked(unit)];
    }

    @Override
    public long rtpTimestamp(int unit) {
        return contents.rtpTimestamps()[checked(unit)];
    }

    @Override
    public long bytes() {
        return size == 0 ? 0 : contents.end(size - 1);
    }

    private int checked(int unit) {
        if (unit < 0 || unit >= size) {
            throw new IndexOutOfBoundsException("access unit " + unit + " of " + size);
        }
        return unit;
    }

    @Override
    public byte[] annexB(int unit) {
        checkHeld();
        byte[] bytes = new byte[bytes(unit)];
        chain.read(contents, contents.start(unit), bytes);
        return bytes;
    }

    @Override
    public GopSnapshot share() {
        checkHeld();
        chain.retain();
        return new ArenaSnapshot(chain, contents, size, isBroken);
    }

    private void checkHeld() {
        if (isReleased.get()) {
            throw new IllegalStateException("this snapshot was released");
        }
    }

    @Override
    public void release() {
        if (!isReleased.compareAndSet(false, true)) {
            throw new IllegalStateException("this snapshot was released twice");
        }
        chain.release();
    }
}
