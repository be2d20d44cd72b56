package io.microstream.binance.wire;

/** Leaves the depth of the parser with the reason; never leaves the package. */
final class MalformedFrameException extends RuntimeException {

    MalformedFrameException(String reason) {
        super(reason, null, false, false);
    }
}
