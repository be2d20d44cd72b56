package io.microstream.standalone.flaws;

/** A kind of corruption that recorded input has in public bug reports. */
enum FlawKind {
    /** The time of one row, or of a short run of rows, is off by seconds up to months. */
    WILD_TIME,
    /** Single trades are missing, with or without the aggregate ids that hold them. */
    LOST_TRADE,
    /**
     * The same single trades come again under new aggregate ids, or rows come again as they are.
     */
    REPEATED_TRADE,
    /** A row whose quantity is zero. */
    ZERO_QUANTITY,
    /** Rows of another market: their price level and ids are not those of the symbol. */
    FOREIGN_ROW,
    /** The last rows are missing, and perhaps half of a line. */
    TRUNCATED_END,
    /** A file, or a second one beside the first, holds the trades of another symbol. */
    SWAPPED_SYMBOL,
    /** An id comes twice, with another quantity or price, in one file or in two. */
    DIFFERING_DUPLICATE,
    /** The flawed input is run first, then the corrected one into the same database. */
    CORRECTED_REUPLOAD,
    /** Files overlap in one run, or a part of the input is run before or after the whole. */
    PARTIAL_OVERLAP
}
