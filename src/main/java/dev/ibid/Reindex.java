package dev.ibid;

import dev.ibid.failure.Failure;
import dev.ibid.knowledge.IndexReport;
import dev.ibid.knowledge.IndexTask;
import dev.ibid.knowledge.IndexTasks;
import dev.ibid.knowledge.IndexWork;
import dev.ibid.store.postgres.PgIndexTasks;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code reindex}: beside a running server, which holds the indexes, it leaves a task and waits for
 * the report; otherwise it opens the indexes and does the work itself.
 */
@Command(
        name = "reindex",
        mixinStandardHelpOptions = true,
        description = {
            "Hold the search indexes against the database and repair them. If another embedding",
            "model is configured than the one that answers, it embeds everything and takes over.",
            "Works beside a running server, which answers questions meanwhile."
        })
final class Reindex extends SettingFlags implements Callable<Integer> {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final int POLLS_BETWEEN_LOOKS = 10;
    private static final Duration NEVER = Duration.ofDays(365);

    @ArgGroup private What what = new What();

    private static final class What {

        @Option(
                names = "--verify",
                description = "Repair what is missing or left over, and nothing else.")
        private boolean verify;

        @Option(names = "--rebuild", description = "Write everything anew.")
        private boolean rebuild;

        IndexTask.Kind kind() {
            if (rebuild) {
                return IndexTask.Kind.REBUILD;
            }
            return verify ? IndexTask.Kind.VERIFY : IndexTask.Kind.SWITCH;
        }
    }

    @Override
    public Integer call() {
        Configuration configuration = configuration();
        try (Opened opened = new Opened()) {
            Storage storage = opened.add("database", Storage.forIndexes(configuration, Main::say));
            storage.migrate();
            IndexTasks tasks = new PgIndexTasks(storage.database());
            IndexTask task = tasks.request(what.kind());
            if (storage.ownsFolder()) {
                work(configuration, storage, tasks, opened);
            } else {
                Main.say("The running server does this; here is how far it has come.");
            }
            return tell(ended(tasks, task.id(), configuration, storage));
        }
    }

    /** What the server does with its indexes, without the server. */
    private static void work(
            Configuration configuration, Storage storage, IndexTasks tasks, Opened opened) {
        Vertx vertx = opened.add("event loops", Vertx.vertx());
        Table table =
                Table.set(
                        configuration,
                        Rooms.embeddingModels(configuration, vertx),
                        storage.database(),
                        new SimpleMeterRegistry(),
                        opened);
        opened.add("followers", table.followers()).start();
        opened.add(
                        "index work",
                        new IndexWork(
                                tasks, table.healing(), table.modelSwitch()::run, NEVER, NEVER))
                .start();
    }

    private static IndexTask ended(
            IndexTasks tasks, UUID id, Configuration configuration, Storage storage) {
        String told = "";
        for (int poll = 1; ; poll++) {
            IndexTask task = tasks.find(id).orElseThrow(() -> Failure.notFound("task"));
            if (task.endedAt() != null) {
                return task;
            }
            told = tellProgress(task, told);
            if (!storage.ownsFolder() && poll % POLLS_BETWEEN_LOOKS == 0) {
                refuseWithoutServer(configuration);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static String tellProgress(IndexTask task, String told) {
        String progress =
                switch (task.state()) {
                    case WAITING -> "waiting for its turn";
                    default -> task.done() + " of " + task.total();
                };
        if (!progress.equals(told)) {
            Main.say("  " + progress);
        }
        return progress;
    }

    private static void refuseWithoutServer(Configuration configuration) {
        if (!Storage.isOwned(configuration)) {
            throw Failure.of(
                    Failure.Kind.UNAVAILABLE,
                    "server_gone",
                    "The server has stopped before it was done. It goes on with this when it is started again.");
        }
    }

    private static int tell(IndexTask task) {
        if (task.failure() != null) {
            Main.say(task.failure());
            return 1;
        }
        @Nullable IndexReport report = task.report();
        if (report == null) {
            return 1;
        }
        report.inWords().forEach(Main::say);
        return report.repaired() ? 0 : 1;
    }
}
