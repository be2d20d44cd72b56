package io.microstream.binance.replay.exchange.server;

import io.microstream.binance.replay.exchange.faults.InjectedFault;
import io.microstream.binance.replay.exchange.faults.PlannedFault;
import io.microstream.binance.replay.exchange.market.ExchangeConfig;
import io.microstream.binance.replay.exchange.market.ExchangeCore;
import io.microstream.binance.replay.exchange.market.Listing;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * An exchange on a loopback port: WebSocket streams and REST of an {@link ExchangeCore}.
 *
 * <p>One thread of its own does everything; the market starts to move at once. Only loopback
 * addresses can reach it. {@link #close} ends it and all connections.
 *
 * <p>Any thread may call any method.
 */
public final class LoopbackExchange implements AutoCloseable {

    private static final WriteBufferWaterMark WATER_MARKS =
            new WriteBufferWaterMark(128 << 10, 512 << 10);
    private static final int BACKLOG = 1_024;

    private final ExchangeCore core;
    private final ExchangeLoop turns;
    private final EventLoopGroup loop;
    private final Channel server;
    private final ChannelGroup connections;

    private LoopbackExchange(
            ExchangeCore core,
            ExchangeLoop turns,
            EventLoopGroup loop,
            Channel server,
            ChannelGroup connections) {
        this.core = core;
        this.turns = turns;
        this.loop = loop;
        this.server = server;
        this.connections = connections;
    }

    /**
     * Starts an exchange at the first row.
     *
     * @throws UncheckedIOException if the port is taken
     * @throws IllegalArgumentException as {@link ExchangeCore} does
     */
    public static LoopbackExchange start(
            ExchangeConfig config, List<Listing> listings, List<PlannedFault> faults, long seed) {
        return start(config, listings, faults, seed, 0, row -> {});
    }

    /**
     * Starts an exchange at a later row.
     *
     * @param startRow rows before it are history, see {@link ExchangeCore#skipTo}
     * @param journal called with each row played, on the exchange's thread; it must be cheap
     */
    public static LoopbackExchange start(
            ExchangeConfig config,
            List<Listing> listings,
            List<PlannedFault> faults,
            long seed,
            long startRow,
            LongConsumer journal) {
        ExchangeCore core = new ExchangeCore(config, listings, faults, seed);
        core.skipTo(startRow);
        core.journal(journal);
        return start(config, core);
    }

    /**
     * Starts an exchange prepared elsewhere, e.g. {@link ExchangeCore#recorded}; the core belongs
     * to the exchange from now on.
     */
    public static LoopbackExchange start(ExchangeConfig config, ExchangeCore core) {
        EventLoopGroup loop =
                new MultiThreadIoEventLoopGroup(
                        1,
                        new DefaultThreadFactory("loopback-exchange", true),
                        NioIoHandler.newFactory());
        ChannelGroup connections = new DefaultChannelGroup(loop.next());
        ExchangeLoop turns = new ExchangeLoop(core, loop.next(), config.timeFactor());
        ChannelFuture bound =
                new ServerBootstrap()
                        .group(loop)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS)
                        .childHandler(new ConnectionSetup(turns, connections))
                        .bind(
                                new InetSocketAddress(
                                        InetAddress.getLoopbackAddress(), config.port()))
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new UncheckedIOException(
                    "Exchange cannot listen: port="
                            + config.port()
                            + ". Choose another port, or 0 for any.",
                    new IOException(bound.cause()));
        }
        turns.wake();
        return new LoopbackExchange(core, turns, loop, bound.channel(), connections);
    }

    /** Returns where streams are: {@code ws://127.0.0.1:PORT}, to be followed by {@code /ws/…}. */
    public URI streamUri() {
        return URI.create("ws://127.0.0.1:" + port());
    }

    /**
     * Returns where REST is: {@code http://127.0.0.1:PORT}, to be followed by {@code /api/v3/…}.
     */
    public URI restUri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    private int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** Returns what the faults have done so far, in the order of their injection. */
    public List<InjectedFault> injected() {
        return core.injected();
    }

    /** Returns how many rows have been played. */
    public long row() {
        return core.row();
    }

    /**
     * Holds the market before a row until a later one is given, for a client that cannot say over
     * WebSocket that it is behind.
     */
    public void holdAt(long heldRow) {
        core.holdAt(heldRow);
        turns.wake();
    }

    /** Returns true once the last row has been played; REST and pings go on. */
    public boolean ended() {
        return core.ended();
    }

    /** Ends all connections and the thread. */
    @Override
    public void close() {
        server.close().awaitUninterruptibly();
        connections.close().awaitUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
