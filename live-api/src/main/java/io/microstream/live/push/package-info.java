/**
 * The WebSocket stream: rows that became visible in the database between two polls are encoded once
 * and sent to every subscribed client. {@link io.microstream.live.push.WebSocketPush} accepts
 * connections, {@link io.microstream.live.push.ChangeFeed} reads the changes of each poll, {@link
 * io.microstream.live.push.UpdateFanOut} decides which client gets which message, and a {@link
 * io.microstream.live.push.StreamCursor} identifies what a client has received.
 */
package io.microstream.live.push;
