package io.microstream.binance.replay.exchange.server;

import io.microstream.binance.replay.exchange.session.StreamSession;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/** Handles the frames that a client sends on a WebSocket connection. Loop thread. */
final class SocketFrames extends SimpleChannelInboundHandler<WebSocketFrame> {

    private static final int NO_STATUS = 1005;
    private static final int NORMAL = 1000;

    private final SocketPort port;
    private final ExchangeLoop loop;
    private final StringBuilder text = new StringBuilder();
    private StreamSession session;

    SocketFrames(Channel channel, ExchangeLoop loop) {
        this.port = new SocketPort(channel, loop);
        this.loop = loop;
    }

    SocketPort port() {
        return port;
    }

    void session(StreamSession accepted) {
        session = accepted;
    }

    void opened() {
        port.open();
        loop.wake();
    }

    void closed() {
        session.onClosed(loop.nowNanos());
        loop.wake();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        long now = loop.nowNanos();
        if (frame instanceof PongWebSocketFrame) {
            session.onPong(ByteBufUtil.getBytes(frame.content()), now);
        } else if (frame instanceof PingWebSocketFrame) {
            session.onPing(ByteBufUtil.getBytes(frame.content()), now);
        } else if (frame instanceof CloseWebSocketFrame close) {
            goodbye(context, close.statusCode());
        } else if (frame instanceof TextWebSocketFrame piece) {
            gather(piece.text(), frame.isFinalFragment(), now);
        } else if (frame instanceof ContinuationWebSocketFrame piece) {
            gather(piece.text(), frame.isFinalFragment(), now);
        }
        loop.wake();
    }

    private void gather(String piece, boolean last, long now) {
        text.append(piece);
        if (last) {
            String whole = text.toString();
            text.setLength(0);
            session.onText(whole, now);
        }
    }

    private void goodbye(ChannelHandlerContext context, int code) {
        if (session.isOpen()) {
            port.close(code == NO_STATUS || code < NORMAL ? NORMAL : code, "");
            session.onClosed(loop.nowNanos());
        } else {
            context.close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            loop.wake();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
