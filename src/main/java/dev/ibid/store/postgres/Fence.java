package dev.ibid.store.postgres;

import dev.ibid.ingestion.Jobs.Lease;
import dev.ibid.ingestion.Jobs.LeaseLost;

import org.jdbi.v3.core.Handle;

/**
 * Lets only the current holder of a lease write. The document is locked before its job, as
 * everywhere: a deletion takes them in that order too.
 */
final class Fence {

    interface Write {
        void in(Handle handle);
    }

    private final Database database;

    Fence(Database database) {
        this.database = database;
    }

    /**
     * The job's row is locked until the commit, so that nobody can take the lease over in between.
     *
     * @throws LeaseLost when the lease is no longer the current one, or the job has ended
     */
    void write(String name, Lease lease, Write write) {
        database.write(
                name,
                handle -> {
                    if (!holds(handle, lease)) {
                        throw new LeaseLost(lease);
                    }
                    write.in(handle);
                    return lease;
                });
    }

    private static boolean holds(Handle handle, Lease lease) {
        return handle.createQuery(
                        """
                        with document as materialized (select id from documents where id = :documentId for no key update)
                        select 1 from document d join ingestion_jobs j on j.document_id = d.id
                        where j.id = :jobId and j.fence = :fence for update of j\
                        """)
                .bindMethods(lease)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }
}
