package io.microstream.market;

/**
 * One event of a symbol's trade stream: a trade, or a mark that all trades before a moment have
 * arrived. Both travel on one stream, because a mark that overtook a trade, or fell behind one,
 * would be wrong.
 */
public sealed interface StreamEvent extends FeedEvent permits Trade, CompletenessMark {}
