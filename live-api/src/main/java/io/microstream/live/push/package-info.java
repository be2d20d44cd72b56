/**
 * Push: what became visible in the database between two polls goes, once encoded, to everyone who
 * listens. {@link io.microstream.live.push.Push} takes WebSockets, {@link
 * io.microstream.live.push.Feed} decides who is told what, {@link io.microstream.live.push.Cursor}
 * says what has been told.
 */
package io.microstream.live.push;
