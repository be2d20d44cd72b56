package io.microstream.market;

/**
 * One event of a symbol's trade stream: a trade, a mark that all trades before a moment have
 * arrived, or one that a trade of certain minutes was quarantined. All travel on one stream,
 * because a mark that overtook a trade, or fell behind one, would be wrong.
 */
public sealed interface StreamEvent extends FeedEvent
        permits Trade, CompletenessMark, DisputedMinutes {}
