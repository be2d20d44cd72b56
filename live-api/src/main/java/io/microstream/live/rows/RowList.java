package io.microstream.live.rows;

import io.microstream.tables.ColumnType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A list of rows that is read page by page. */
public sealed interface RowList permits RowQuery, BucketQuery {

    /** Returns the shape of its rows. */
    Table shape();

    /** Returns the symbol of its rows, or null if they are of every symbol. */
    String symbol();

    /** Reads the page that begins at its place. */
    Page read(Connection connection) throws SQLException;

    /** Returns the same list from another place on. */
    RowList after(List<Object> place);

    /** Returns the types of the columns whose values make a place. */
    List<ColumnType> placeTypes();

    /** Returns words that are the same for every page of the list and others for another list. */
    String list();
}
