package dev.ibid.store.postgres;

import java.util.UUID;

/**
 * Which database this is. What is kept outside it (the indexes, the folder of originals) carries
 * its id, so that what belongs to another one is never taken for this one's.
 */
public final class PgInstallation {

    private final Database database;

    public PgInstallation(Database database) {
        this.database = database;
    }

    public UUID id() {
        return database.read(
                "installation.id",
                handle ->
                        handle.createQuery("select id from installation").mapTo(UUID.class).one());
    }

    /**
     * To be called once older data has taken this database's place: whatever followed the data
     * before is of another installation from then on.
     */
    public UUID renew() {
        return database.write(
                "installation.renew",
                handle ->
                        handle.createQuery(
                                        "update installation set id = gen_random_uuid() returning id")
                                .mapTo(UUID.class)
                                .one());
    }
}
