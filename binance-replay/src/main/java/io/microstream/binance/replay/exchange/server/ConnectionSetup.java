package io.microstream.binance.replay.exchange.server;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;

/** Speaks HTTP on a new connection until it asks for a WebSocket. */
final class ConnectionSetup extends ChannelInitializer<SocketChannel> {

    private static final int LONGEST_LINE = 16 << 10;
    private static final int LARGEST_HEADER = 16 << 10;
    private static final int LARGEST_BODY = 64 << 10;
    private static final int CHUNK = 8 << 10;

    private final ExchangeLoop loop;
    private final ChannelGroup connections;

    ConnectionSetup(ExchangeLoop loop, ChannelGroup connections) {
        this.loop = loop;
        this.connections = connections;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        connections.add(channel);
        channel.pipeline()
                .addLast(new HttpServerCodec(LONGEST_LINE, LARGEST_HEADER, CHUNK))
                .addLast(new HttpObjectAggregator(LARGEST_BODY))
                .addLast(new HttpRequests(loop));
    }
}
