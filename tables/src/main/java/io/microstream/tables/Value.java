package io.microstream.tables;

import java.io.Serializable;

/**
 * Takes the value of a column out of a record; travels with the sink that uses it.
 *
 * @param <T> the record
 * @param <V> what {@link ColumnType} says of the column's type
 */
@FunctionalInterface
public interface Value<T, V> extends Serializable {

    /** Returns the value, or null where the column is null. */
    V of(T row);
}
