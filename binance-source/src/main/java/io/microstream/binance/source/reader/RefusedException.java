package io.microstream.binance.source.reader;

import java.io.IOException;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** The exchange refuses this client for good: the job fails without a restart. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class RefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    RefusedException(String why) {
        super(why);
    }
}
