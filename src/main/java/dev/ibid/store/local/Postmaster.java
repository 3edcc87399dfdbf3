package dev.ibid.store.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The server process of one cluster: started, stopped and recognised by its pid file. */
final class Postmaster {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final long LOG_LIMIT = 8L << 20;

    /**
     * Below the range that Linux and macOS take outgoing ports from, so that no connection of
     * somebody's takes the port while a server that died is started again.
     */
    private static final int FIRST_PORT = 20_000;

    private static final int LAST_PORT = 30_000;

    private final Commands commands;
    private final PostgresBinaries binaries;
    private final Path cluster;

    Postmaster(Commands commands, PostgresBinaries binaries, Path cluster) {
        this.commands = commands;
        this.binaries = binaries;
        this.cluster = cluster;
    }

    static int freePort() throws IOException {
        IOException last = new IOException("no port was tried");
        for (int attempt = 0; attempt < 50; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (IOException taken) {
                last = taken;
            }
        }
        throw last;
    }

    /**
     * Whether a process is the server of this cluster, or a program that acts on it: its arguments
     * name the cluster's folder.
     */
    static boolean serves(ProcessHandle process, Path cluster) {
        return process.isAlive()
                && List.of(process.info().arguments().orElse(new String[0]))
                        .contains(cluster.toString());
    }

    Optional<ProcessHandle> running() throws IOException {
        return pid().flatMap(ProcessHandle::of).filter(process -> serves(process, cluster));
    }

    /**
     * Returns when the server takes connections. Recovery after a crash happens first and may take
     * its time.
     */
    void start(int port) throws IOException {
        forgetForeignPid();
        turnLogOver();
        commands.run(
                        START_LIMIT,
                        binaries.program("pg_ctl"),
                        "-D",
                        cluster.toString(),
                        "-l",
                        log().toString(),
                        "-o",
                        options(port),
                        "-w",
                        "-t",
                        Long.toString(START_LIMIT.toSeconds() - 10),
                        "start")
                .orThrow("pg_ctl start");
    }

    /**
     * Stops what runs on this cluster, whoever started it. The impolite way costs a recovery at the
     * next start and nothing else.
     */
    void stop() throws IOException {
        if (running().isPresent()) {
            stop("fast");
        }
        if (running().isPresent()) {
            stop("immediate");
        }
    }

    private void stop(String mode) throws IOException {
        commands.run(STOP_LIMIT, stopCommand(mode));
    }

    String[] stopCommand(String mode) {
        String limit = Long.toString(STOP_LIMIT.toSeconds() / 2);
        return new String[] {
            binaries.program("pg_ctl"),
            "-D",
            cluster.toString(),
            "-m",
            mode,
            "-w",
            "-t",
            limit,
            "stop"
        };
    }

    private static String options(int port) {
        return String.join(
                " ",
                "-p " + port,
                "-c listen_addresses=127.0.0.1",
                "-c unix_socket_directories=''",
                "-c max_connections=" + LocalPostgres.CONNECTIONS,
                "-c shared_buffers=64MB",
                "-c jit=off",
                "-c fsync=on",
                "-c log_checkpoints=off");
    }

    private Optional<Long> pid() throws IOException {
        Path file = pidFile();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Files.readString(file)
                .lines()
                .findFirst()
                .filter(line -> line.matches("\\d{1,18}"))
                .map(Long::valueOf);
    }

    /**
     * After a reboot or in a fresh container the pid of a server that was killed may be somebody
     * else's, and the server would refuse to start for fear of a twin. That there is none, the
     * owned data directory and the process's arguments say.
     */
    private void forgetForeignPid() throws IOException {
        if (running().isEmpty() && pid().flatMap(ProcessHandle::of).isPresent()) {
            Files.deleteIfExists(pidFile());
        }
    }

    private void turnLogOver() throws IOException {
        if (Files.exists(log()) && Files.size(log()) > LOG_LIMIT) {
            Path earlier = log().resolveSibling("server.log.1");
            Files.move(log(), earlier, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Path pidFile() {
        return cluster.resolve("postmaster.pid");
    }

    private Path log() {
        return cluster.resolveSibling("server.log");
    }
}
