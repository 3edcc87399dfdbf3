package dev.ibid.store.local;

import dev.ibid.failure.Failure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The account of the operating system that PostgreSQL runs as, which must not be root. For an
 * ordinary user it is that user. For root it is the present owner of the server's folder, {@code
 * nobody}, or the owner of what lies around it: the first that can reach the data directory. Where
 * none can (below root's own closed home, say) it is root inside a user namespace of its own, which
 * PostgreSQL takes for an ordinary user and which has none of root's powers over other people's
 * files.
 *
 * @param prefix what the server's programs are started through; empty for the user who runs Ibid
 * @param uid the owner that the server's files must have, as seen from outside a user namespace
 */
record ServerAccount(List<String> prefix, int uid, int gid) {

    private static final Logger log = LoggerFactory.getLogger(ServerAccount.class);
    private static final String NOBODY = "nobody";
    private static final int ROOT = 0;

    /** Afterwards the server's folder and all in it belong to the account. */
    static ServerAccount choose(AccountTrial trial) throws IOException {
        int self = Integer.parseInt(trial.id("-u"));
        if (self != ROOT) {
            int group = Integer.parseInt(trial.id("-g"));
            return ordinary(trial, new ServerAccount(List.of(), self, group));
        }
        for (ServerAccount candidate : candidates(trial)) {
            if (trial.passes(candidate)) {
                log.debug("PostgreSQL runs through {}", candidate.prefix());
                return candidate;
            }
        }
        throw failure(
                "PostgreSQL does not run as root, and this machine lets root neither change to"
                        + " another account that reaches the data directory nor make a user namespace."
                        + " Start Ibid as an ordinary user, or set DATABASE_URL to a PostgreSQL of"
                        + " yours.");
    }

    private static ServerAccount ordinary(AccountTrial trial, ServerAccount self)
            throws IOException {
        if (AccountTrial.owner(trial.home()) != self.uid()) {
            throw failure(
                    "The database in the data directory belongs to another user. Start Ibid as"
                            + " that user, or choose another directory with DATA_DIR.");
        }
        if (!trial.passes(self)) {
            throw failure(
                    "The PostgreSQL that Ibid brings does not run on this machine. Set"
                            + " DATABASE_URL to a PostgreSQL of yours.");
        }
        return self;
    }

    /**
     * Who owns the files already comes first: changing the owner of a whole cluster is for when all
     * else fails.
     */
    private static List<ServerAccount> candidates(AccountTrial trial) throws IOException {
        List<ServerAccount> drops = new ArrayList<>();
        for (String name : names(trial)) {
            drops.addAll(drops(name, trial));
        }
        ServerAccount namespace = new ServerAccount(List.of("unshare", "-U", "--"), ROOT, ROOT);
        drops.add(isSettledAsRoot(trial.home()) ? 0 : drops.size(), namespace);
        return drops;
    }

    private static Set<String> names(AccountTrial trial) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        names.add(Integer.toString(AccountTrial.owner(trial.home())));
        names.add(NOBODY);
        names.add(Integer.toString(AccountTrial.owner(trial.dataDirectory())));
        names.add(Integer.toString(AccountTrial.owner(trial.dataDirectory().resolveSibling(""))));
        names.remove(Integer.toString(ROOT));
        return names;
    }

    private static List<ServerAccount> drops(String name, AccountTrial trial) {
        try {
            int uid = Integer.parseInt(trial.id("-u", name));
            int gid = Integer.parseInt(trial.id("-g", name));
            return List.of(
                    new ServerAccount(
                            List.of(
                                    "setpriv",
                                    "--reuid=" + uid,
                                    "--regid=" + gid,
                                    "--clear-groups",
                                    "--"),
                            uid,
                            gid),
                    new ServerAccount(
                            List.of("runuser", "-u", trial.id("-un", name), "--"), uid, gid));
        } catch (IOException noSuchAccount) {
            log.debug("There is no account {}", name, noSuchAccount);
            return List.of();
        }
    }

    private static boolean isSettledAsRoot(Path home) throws IOException {
        try (Stream<Path> entries = Files.list(home)) {
            return AccountTrial.owner(home) == ROOT && entries.findAny().isPresent();
        }
    }

    private static Failure failure(String detail) {
        return Failure.of(Failure.Kind.UNAVAILABLE, "no_private_database", detail);
    }
}
