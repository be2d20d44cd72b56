package io.microstream.binance.replay.exchange.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.microstream.binance.replay.exchange.rest.RestAnswer;
import io.microstream.binance.replay.exchange.rest.RestCall;
import io.microstream.binance.replay.exchange.session.Handshake;
import io.microstream.binance.replay.exchange.session.RequestTarget;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Handles REST requests and WebSocket handshakes of a connection. Loop thread. */
final class HttpRequests extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final String TIME_UNIT = "X-MBX-TIME-UNIT";
    private static final WebSocketDecoderConfig DECODER =
            WebSocketDecoderConfig.newBuilder()
                    .maxFramePayloadLength(64 << 10)
                    .allowExtensions(false)
                    .build();

    private final ExchangeLoop loop;

    HttpRequests(ExchangeLoop loop) {
        this.loop = loop;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            respond(context, 400, "{}", false);
        } else if (request.headers()
                .containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
            upgrade(context, request);
        } else {
            rest(context, request);
        }
    }

    private void upgrade(ChannelHandlerContext context, FullHttpRequest request) {
        WebSocketServerHandshaker handshaker =
                new WebSocketServerHandshakerFactory(request.uri(), null, DECODER)
                        .newHandshaker(request);
        if (handshaker == null) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(context.channel());
            return;
        }
        SocketFrames frames = new SocketFrames(context.channel(), loop);
        Handshake answer =
                loop.core().connect(request.uri(), client(context), frames.port(), loop.nowNanos());
        if (answer instanceof Handshake.Refused refused) {
            respond(context, refused.status(), refused.body(), false);
            return;
        }
        frames.session(((Handshake.Accepted) answer).session());
        handshaker
                .handshake(context.channel(), request)
                .addListener(
                        (ChannelFutureListener)
                                done -> {
                                    if (done.isSuccess()) {
                                        context.pipeline().replace(this, "frames", frames);
                                        frames.opened();
                                    } else {
                                        done.channel().close();
                                        frames.closed();
                                    }
                                });
    }

    private void rest(ChannelHandlerContext context, FullHttpRequest request) {
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        RequestTarget target;
        try {
            target = RequestTarget.read(request.uri());
        } catch (IllegalArgumentException malformedEscape) {
            respond(context, 400, "{}", keepAlive);
            return;
        }
        RestCall call =
                new RestCall(
                        request.method().name(),
                        target.path(),
                        target.query(),
                        "MICROSECOND".equalsIgnoreCase(request.headers().get(TIME_UNIT)),
                        client(context));
        RestAnswer answer = loop.core().rest(call, loop.nowNanos());
        if (answer.delayNanos() > 0) {
            context.executor()
                    .schedule(
                            () -> HttpReplies.send(context, loop, answer, keepAlive),
                            loop.realNanos(answer.delayNanos()),
                            TimeUnit.NANOSECONDS);
        } else {
            HttpReplies.send(context, loop, answer, keepAlive);
        }
        loop.wake();
    }

    private void respond(
            ChannelHandlerContext context, int status, String body, boolean keepAlive) {
        RestAnswer answer = RestAnswer.of(status, Map.of(), body.getBytes(UTF_8));
        HttpReplies.send(context, loop, answer, keepAlive);
    }

    private static String client(ChannelHandlerContext context) {
        return ((InetSocketAddress) context.channel().remoteAddress())
                .getAddress()
                .getHostAddress();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
