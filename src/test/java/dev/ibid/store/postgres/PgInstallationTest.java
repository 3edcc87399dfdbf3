package dev.ibid.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.testing.TestDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.UUID;

class PgInstallationTest {

    private final Database database = TestDatabase.fresh();
    private final PgInstallation installation = new PgInstallation(database);

    @AfterEach
    void closes() {
        database.close();
    }

    @Test
    void keepsItsIdUntilItIsRenewed() {
        UUID first = installation.id();
        UUID again = installation.id();

        UUID renewed = installation.renew();

        assertThat(again).isEqualTo(first);
        assertThat(renewed).isNotEqualTo(first);
        assertThat(installation.id()).isEqualTo(renewed);
    }
}
