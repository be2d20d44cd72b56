package io.microstream.binance.replay.exchange.server;

import io.microstream.binance.replay.exchange.rest.RestAnswer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.TimeUnit;

/** Delivers answers: whole, cut in the middle, or a byte at a time. */
final class HttpReplies {

    private static final long TRICKLE_NANOS = 100_000_000;

    private HttpReplies() {}

    static void send(
            ChannelHandlerContext context,
            ExchangeLoop loop,
            RestAnswer answer,
            boolean keepAlive) {
        ByteBuf body = Unpooled.wrappedBuffer(answer.body());
        if (answer.truncated()) {
            context.write(
                    head(
                            new DefaultHttpResponse(HttpVersion.HTTP_1_1, status(answer)),
                            answer,
                            false));
            context.writeAndFlush(new DefaultHttpContent(body.slice(0, body.readableBytes() / 2)))
                    .addListener(ChannelFutureListener.CLOSE);
        } else if (answer.slow()) {
            context.writeAndFlush(
                    head(
                            new DefaultHttpResponse(HttpVersion.HTTP_1_1, status(answer)),
                            answer,
                            keepAlive));
            trickle(context, loop, body);
        } else {
            var sent =
                    context.writeAndFlush(
                            head(
                                    new DefaultFullHttpResponse(
                                            HttpVersion.HTTP_1_1, status(answer), body),
                                    answer,
                                    keepAlive));
            if (!keepAlive) {
                sent.addListener(ChannelFutureListener.CLOSE);
            }
        }
    }

    private static void trickle(ChannelHandlerContext context, ExchangeLoop loop, ByteBuf rest) {
        if (!context.channel().isActive()) {
            return;
        }
        if (rest.readableBytes() <= 1) {
            context.writeAndFlush(new DefaultLastHttpContent(rest));
            return;
        }
        context.writeAndFlush(new DefaultHttpContent(rest.readRetainedSlice(1)));
        context.executor()
                .schedule(
                        () -> trickle(context, loop, rest),
                        loop.realNanos(TRICKLE_NANOS),
                        TimeUnit.NANOSECONDS);
    }

    private static HttpResponseStatus status(RestAnswer answer) {
        return HttpResponseStatus.valueOf(answer.status());
    }

    private static HttpResponse head(HttpResponse response, RestAnswer answer, boolean keepAlive) {
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json;charset=UTF-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        answer.headers().forEach(response.headers()::set);
        if (!keepAlive) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        return response;
    }
}
