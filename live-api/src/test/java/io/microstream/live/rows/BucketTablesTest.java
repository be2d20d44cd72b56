package io.microstream.live.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.live.SharedServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BucketTablesTest {

    @Test
    void shapesAreThoseOfTheFunctionsInTheDatabase() throws Exception {
        try (Connection connection = DriverManager.getConnection(SharedServer.filled().url())) {
            for (Table minutes :
                    List.of(Table.BARS, Table.FEATURES, Table.REGIMES, Table.ANOMALIES)) {
                Table shape = BucketTables.of(minutes);
                ResultSet result =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "SELECT * FROM "
                                                + shape.name()
                                                + "('BTCUSDT', now(), now(), '1 hour')");
                assertThat(described(shape)).as(shape.name()).isEqualTo(columns(result));
            }
        }
    }

    private static List<String> described(Table shape) {
        return shape.columns().stream()
                .map(column -> column.name() + " " + column.type().sqlName())
                .toList();
    }

    private static List<String> columns(ResultSet result) throws Exception {
        ResultSetMetaData columns = result.getMetaData();
        List<String> described = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            described.add(columns.getColumnName(i) + " " + columns.getColumnTypeName(i));
        }
        return described;
    }
}
