package dev.ibid.knowledge;

import dev.ibid.failure.Failure;
import dev.ibid.http.Exchange;
import dev.ibid.http.Operations;
import dev.ibid.http.Reply;
import dev.ibid.http.Routes;
import dev.ibid.threads.RequestThreads;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/** The administrator's side of the indexes. */
final class IndexRoutes implements Routes {

    private final RequestThreads threads;
    private final IndexTasks tasks;

    IndexRoutes(RequestThreads threads, IndexTasks tasks) {
        this.threads = threads;
        this.tasks = tasks;
    }

    @Override
    public RequestThreads threads() {
        return threads;
    }

    @Override
    public void bind(Operations operations) {
        operations
                .on("verifyIndex", this::verify)
                .on("rebuildIndex", this::rebuild)
                .on("getIndexTask", this::getTask);
    }

    record Progress(int done, int total) {}

    record TaskView(
            UUID id,
            IndexTask.Kind kind,
            IndexTask.State state,
            Instant requestedAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            Progress progress,
            @Nullable IndexReport report,
            @Nullable String failure) {

        static TaskView of(IndexTask task) {
            return new TaskView(
                    task.id(),
                    task.kind(),
                    task.state(),
                    task.requestedAt(),
                    task.startedAt(),
                    task.endedAt(),
                    new Progress(task.done(), task.total()),
                    task.report(),
                    task.failure());
        }
    }

    private Reply verify(Exchange exchange) {
        refuseOthers(exchange);
        return Reply.accepted(TaskView.of(tasks.request(IndexTask.Kind.VERIFY)));
    }

    private Reply rebuild(Exchange exchange) {
        refuseOthers(exchange);
        return Reply.accepted(TaskView.of(tasks.request(IndexTask.Kind.REBUILD)));
    }

    private Reply getTask(Exchange exchange) {
        refuseOthers(exchange);
        return tasks.find(exchange.pathId("id"))
                .map(task -> Reply.ok(TaskView.of(task)))
                .orElseThrow(() -> Failure.notFound("task"));
    }

    private static void refuseOthers(Exchange exchange) {
        if (!exchange.caller().isAdmin()) {
            throw Failure.of(
                    Failure.Kind.FORBIDDEN,
                    "admin_only",
                    "Only an administrator may work on the indexes.");
        }
    }
}
