package dev.ibid.store.local;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** One table of sentences in a private database, to see whether they stay. */
record Rows(Address address) {

    static Rows of(Address address) {
        return new Rows(address);
    }

    void add(String row) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS kept (row text)");
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO kept VALUES (?)")) {
                insert.setString(1, row);
                insert.executeUpdate();
            }
        }
    }

    List<String> all() throws SQLException {
        return column("SELECT row FROM kept");
    }

    String setting(String name) throws SQLException {
        return column("SHOW " + name).getFirst();
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
    }

    private List<String> column(String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
