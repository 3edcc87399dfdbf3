package dev.ibid.store.postgres;

import org.flywaydb.core.Flyway;

import javax.sql.DataSource;

/** Brings the schema up to date; replicas that start together take turns by Flyway's own lock. */
public final class Migrations {

    private Migrations() {}

    /**
     * @return how many migrations were applied
     */
    public static int up(DataSource database) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:db")
                .validateMigrationNaming(false)
                .load()
                .migrate()
                .migrationsExecuted;
    }
}
