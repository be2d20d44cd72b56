package io.microstream.standalone;

/**
 * How a run is watched.
 *
 * @param page where its page is; null for none
 * @param stamped whether rows carry when they were received and committed; without, they are a
 *     function of the input alone
 */
record Watching(PageOptions page, boolean stamped) {

    /** By nobody. */
    static final Watching NOT = new Watching(null, false);
}
