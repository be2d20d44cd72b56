package io.microstream.binance.replay.exchange.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.microstream.binance.replay.exchange.session.ClientPort;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;

/**
 * A WebSocket connection's sending side: frames written by hand into one buffer for many, so that
 * every byte and every write is the exchange's own. Loop thread.
 *
 * <p>Frames: RFC 6455 section 5.2, unmasked.
 */
final class SocketPort implements ClientPort {

    private static final int TEXT = 0x1;
    private static final int CONTINUATION = 0x0;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;
    private static final int FINAL = 0x80;
    private static final int BATCH = 32 << 10;
    private static final long MOST_UNSENT = 256L << 20;
    private static final long GOODBYE_SECONDS = 5;

    private final DuplexChannel channel;
    private final ExchangeLoop loop;
    private ByteBuf batch;
    private boolean opened;

    SocketPort(Channel channel, ExchangeLoop loop) {
        this.channel = (DuplexChannel) channel;
        this.loop = loop;
    }

    @Override
    public boolean writable() {
        return channel.isWritable();
    }

    @Override
    public void text(byte[] utf8, int from, int length) {
        frame(FINAL | TEXT, utf8, from, length);
    }

    @Override
    public void fragmented(byte[] utf8, int from, int length, int pieces) {
        int each = Math.max(1, length / pieces);
        for (int at = 0; at < length; at += each) {
            boolean last = at + each >= length;
            int opcode = (at == 0 ? TEXT : CONTINUATION) | (last ? FINAL : 0);
            frame(opcode, utf8, from + at, Math.min(each, length - at));
        }
    }

    @Override
    public void ping(byte[] payload) {
        frame(FINAL | PING, payload, 0, payload.length);
    }

    @Override
    public void pong(byte[] payload) {
        frame(FINAL | PONG, payload, 0, payload.length);
    }

    private void frame(int first, byte[] payload, int from, int length) {
        if (batch == null) {
            batch = channel.alloc().ioBuffer(BATCH + (BATCH >> 1));
            loop.unflushed(this);
        }
        batch.writeByte(first);
        if (length < 126) {
            batch.writeByte(length);
        } else if (length < 1 << 16) {
            batch.writeByte(126).writeShort(length);
        } else {
            batch.writeByte(127).writeLong(length);
        }
        batch.writeBytes(payload, from, length);
        if (batch.readableBytes() >= BATCH) {
            flush();
        }
    }

    /** Opens the port after the handshake and sends what was gathered meanwhile. */
    void open() {
        opened = true;
        flush();
    }

    /** Sends what is gathered; a client that is hopelessly behind is cut. */
    void flush() {
        if (batch == null || !opened) {
            return;
        }
        ByteBuf full = batch;
        batch = null;
        channel.writeAndFlush(full, channel.voidPromise());
        if (channel.bytesBeforeWritable() > MOST_UNSENT) {
            reset();
        }
    }

    @Override
    public void close(int code, String reason) {
        byte[] text = reason.getBytes(UTF_8);
        byte[] payload = new byte[text.length + 2];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, text.length);
        frame(FINAL | CLOSE, payload, 0, payload.length);
        flush();
        closeSoon();
    }

    @Override
    public void abrupt() {
        flush();
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener((ChannelFutureListener) sent -> channel.shutdownOutput());
        closeSoon();
    }

    /** Closes the channel after a time in which the client can end the connection itself. */
    private void closeSoon() {
        Runnable end = () -> channel.close();
        var timer = loop.eventLoop().schedule(end, GOODBYE_SECONDS, TimeUnit.SECONDS);
        channel.closeFuture().addListener((ChannelFutureListener) done -> timer.cancel(false));
    }

    @Override
    public void reset() {
        if (batch != null) {
            batch.release();
            batch = null;
        }
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.close();
        }
    }

    @Override
    public void stopReading() {
        channel.config().setAutoRead(false);
    }
}
