package io.microstream.binance.transport.websocket;

/** Says how a connection ended, as {@link StreamListener#closed} reports it. */
record ConnectionEnd(int code, String reason) {}
