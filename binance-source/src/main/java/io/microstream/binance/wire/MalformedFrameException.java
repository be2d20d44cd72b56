package io.microstream.binance.wire;

/** Carries the reason out of the parser's depth; never leaves the package. */
final class MalformedFrameException extends RuntimeException {

    MalformedFrameException(String reason) {
        super(reason, null, false, false);
    }
}
