package io.microstream.binance.transport.rest;

import java.io.IOException;

/** An answer whose status came, but whose body broke off or is larger than allowed. */
public final class UnusableBodyException extends IOException {

    public UnusableBodyException(String message, Throwable cause) {
        super(message, cause);
    }
}
