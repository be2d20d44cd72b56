package io.microstream.binance.stream;

/** How a connection ended: what {@link StreamListener#closed} is told. */
record Ending(int code, String reason) {}
