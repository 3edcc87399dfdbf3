package dev.ibid.store.local;

import java.nio.file.Path;

/**
 * A whole cluster and the key to it.
 *
 * @param folder what PostgreSQL calls its data directory
 */
record Cluster(Path folder, String password) {

    static final String USER = "ibid";

    @Override
    public String toString() {
        return "Cluster[" + folder + "]";
    }
}
