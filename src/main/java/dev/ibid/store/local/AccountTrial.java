package dev.ibid.store.local;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Finds out whether an account can run the server, by letting it try: modes, access lists, mount
 * options and the limits of a container are not worth guessing.
 *
 * @param home the server's folder inside the data directory
 */
record AccountTrial(Path dataDirectory, Path home, String postgres, Commands commands) {

    private static final Logger log = LoggerFactory.getLogger(AccountTrial.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Path ANYWHERE = Path.of("/");
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> GROUP_MAY_PASS =
            PosixFilePermissions.fromString("rwx--x---");

    /** What {@code id} prints for the account, or for this process. */
    String id(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = "id";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return commands.run(LIMIT, command).orThrow("id").output().strip();
    }

    static int owner(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    boolean passes(ServerAccount account) {
        try {
            if (!reachesDataDirectory(account) || !runs(account)) {
                return false;
            }
            if (owner(home) != account.uid()) {
                Folders.giveTo(account.uid(), account.gid(), home);
            }
            return true;
        } catch (IOException e) {
            log.debug("PostgreSQL cannot run through {}", account.prefix(), e);
            return false;
        }
    }

    private boolean reachesDataDirectory(ServerAccount account) throws IOException {
        return enters(account, dataDirectory)
                || (enters(account, dataDirectory.resolveSibling("")) && letIn(account));
    }

    private boolean enters(ServerAccount account, Path folder) throws IOException {
        return attempt(account, "sh", "-c", "cd \"$1\"", "enter", folder.toString());
    }

    private boolean runs(ServerAccount account) throws IOException {
        return attempt(account, postgres, "--version");
    }

    /**
     * The account's group may pass through the data directory, but not list it. A mode that was
     * chosen by hand stays.
     */
    private boolean letIn(ServerAccount account) throws IOException {
        if (!Files.getPosixFilePermissions(dataDirectory).equals(OWNER_ONLY)) {
            return false;
        }
        Files.setAttribute(dataDirectory, "unix:gid", account.gid());
        Files.setPosixFilePermissions(dataDirectory, GROUP_MAY_PASS);
        return enters(account, dataDirectory);
    }

    private boolean attempt(ServerAccount account, String... command) throws IOException {
        List<String> prefix = account.prefix();
        return commands.as(prefix, ANYWHERE).run(LIMIT, command).succeeded();
    }
}
