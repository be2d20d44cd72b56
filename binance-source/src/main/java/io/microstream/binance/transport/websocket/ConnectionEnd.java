package io.microstream.binance.transport.websocket;

/** How a connection ended: what {@link StreamListener#closed} is told. */
record ConnectionEnd(int code, String reason) {}
