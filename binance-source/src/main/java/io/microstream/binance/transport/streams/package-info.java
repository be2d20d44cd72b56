/**
 * Market streams by name over WebSocket connections: what a client subscribes, and how often it may
 * connect.
 */
package io.microstream.binance.transport.streams;
