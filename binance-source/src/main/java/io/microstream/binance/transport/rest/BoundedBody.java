package io.microstream.binance.transport.rest;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Takes a body up to a size; what is larger, or breaks off, is an {@link UnusableBodyException}.
 *
 * <p>The JDK may report the end of a connection to the request before it reports it to the body:
 * hence {@link #reasonOf}.
 */
final class BoundedBody implements BodySubscriber<byte[]> {

    private final int max;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.Subscription subscription;
    private volatile boolean begun;
    private volatile int received;

    BoundedBody(int max) {
        this.max = max;
    }

    /** Notes that the answer's head has come. */
    BoundedBody begun() {
        begun = true;
        return this;
    }

    /** Returns why the request failed: once the head has come, that the body broke off. */
    Throwable reasonOf(Throwable failure) {
        boolean unusable =
                failure instanceof UnusableBodyException
                        || failure.getCause() instanceof UnusableBodyException;
        return begun && !unusable ? brokeOff(failure) : failure;
    }

    private UnusableBodyException brokeOff(Throwable cause) {
        return new UnusableBodyException("body broke off after bytes=" + received, cause);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (bytes.size() + buffer.remaining() > max) {
                subscription.cancel();
                body.completeExceptionally(
                        new UnusableBodyException("body is larger than bytes=" + max, null));
                return;
            }
            byte[] chunk = new byte[buffer.remaining()];
            buffer.get(chunk);
            bytes.writeBytes(chunk);
            received = bytes.size();
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(brokeOff(failure));
    }

    @Override
    public void onComplete() {
        body.complete(bytes.toByteArray());
    }
}
