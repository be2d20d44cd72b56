package io.microstream.live.rows;

import io.microstream.tables.ColumnType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A list of rows that is read page by page. */
public sealed interface RowList permits RowQuery, BucketQuery {

    /** Shape of the rows. */
    Table shape();

    /** Whose rows; null for every symbol's. */
    String symbol();

    /** Reads one page. */
    Page read(Connection connection) throws SQLException;

    /** The same list from another place on. */
    RowList after(List<Object> place);

    /** Returns the types of the columns whose values make a place. */
    List<ColumnType> placeTypes();

    /** What list this is: the same words for every page of it, others for any other list. */
    String list();
}
