/** WebSocket connections whose reading never stops and whose memory is bounded. Plain JDK. */
package io.microstream.binance.transport.websocket;
