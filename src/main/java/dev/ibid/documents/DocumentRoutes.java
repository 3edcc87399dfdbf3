package dev.ibid.documents;

import dev.ibid.documents.Versions.Queued;
import dev.ibid.failure.Failure;
import dev.ibid.http.Exchange;
import dev.ibid.http.Multipart;
import dev.ibid.http.Operations;
import dev.ibid.http.Problem;
import dev.ibid.http.Problems;
import dev.ibid.http.Reply;
import dev.ibid.http.Routes;
import dev.ibid.threads.RequestThreads;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

final class DocumentRoutes implements Routes {

    private final RequestThreads threads;
    private final DocumentsConfig config;
    private final Uploads uploads;
    private final Deletion deletion;
    private final Versions versions;
    private final Rights rights;
    private final Documents documents;
    private final Erasures erasures;
    private final Originals originals;
    private final DocumentWatch watch;
    private final Runnable queued;

    DocumentRoutes(
            RequestThreads threads,
            DocumentsConfig config,
            DocumentStores stores,
            Rights rights,
            Deletion deletion,
            DocumentWatch watch,
            Runnable queued) {
        this.threads = threads;
        this.config = config;
        this.versions = stores.versions();
        this.documents = stores.documents();
        this.erasures = stores.erasures();
        this.originals = stores.originals();
        this.rights = rights;
        this.deletion = deletion;
        this.watch = watch;
        this.queued = queued;
        this.uploads = new Uploads(config, versions, rights, originals);
    }

    @Override
    public RequestThreads threads() {
        return threads;
    }

    @Override
    public void bind(Operations operations) {
        operations
                .on("uploadFiles", this::uploadFiles)
                .on("listFiles", this::listFiles)
                .on("watchFiles", this::watchFiles)
                .on("getFile", this::getFile)
                .on("getFileContent", this::getFileContent)
                .on("replaceFileContent", this::replaceFileContent)
                .on("listFileChunks", this::listFileChunks)
                .on("retryFile", this::retryFile)
                .on("deleteFile", this::deleteFile)
                .on("getErasure", this::getErasure);
    }

    private record UploadReply(
            List<Document> files, List<UUID> existing, List<RejectedFile> rejected) {}

    private record RejectedFile(String name, Problem problem) {}

    private Reply uploadFiles(Exchange exchange) throws IOException {
        try (Incoming incoming = received(exchange)) {
            return exchange.once(
                    incoming.fingerprint(),
                    () -> uploaded(uploads.add(exchange.caller(), incoming)));
        }
    }

    private Reply uploaded(Uploads.Outcome outcome) {
        if (outcome.files().isEmpty()) {
            throw outcome.rejected().getFirst().failure();
        }
        queued.run();
        List<RejectedFile> rejected =
                outcome.rejected().stream()
                        .map(file -> new RejectedFile(file.name(), Problems.of(file.failure())))
                        .toList();
        return Reply.accepted(new UploadReply(outcome.files(), outcome.existing(), rejected));
    }

    private Reply listFiles(Exchange exchange) {
        return Reply.ok(
                documents.list(
                        exchange.caller().userId(),
                        exchange.queryId("collectionId"),
                        exchange.page()));
    }

    private Reply watchFiles(Exchange exchange) {
        DocumentWatch.Watching watching =
                watch.watch(exchange.caller().userId(), exchange.query("until").isPresent());
        return new Reply.Events(watching.feed(), 0, watching.leave());
    }

    private Reply getFile(Exchange exchange) {
        return Reply.ok(found(exchange));
    }

    private Reply getFileContent(Exchange exchange) {
        Documents.OriginalFile original =
                documents
                        .original(
                                exchange.caller().userId(),
                                exchange.pathId("id"),
                                exchange.query("version").map(Integer::valueOf))
                        .orElseThrow(() -> Failure.notFound("document"));
        Path file = originals.readable(original.original());
        return new Reply.Download(file, original.name(), original.mediaType());
    }

    private Reply replaceFileContent(Exchange exchange) throws IOException {
        rights.requireEditor(exchange.caller(), exchange.pathId("id"));
        try (Incoming incoming = received(exchange)) {
            return exchange.once(
                    incoming.fingerprint(),
                    () ->
                            replaced(
                                    uploads.replace(
                                            exchange.caller(), exchange.pathId("id"), incoming)));
        }
    }

    private Reply replaced(Queued version) {
        queued.run();
        return Reply.accepted(version.document());
    }

    private Reply listFileChunks(Exchange exchange) {
        return Reply.ok(documents.chunks(found(exchange).id(), exchange.page()));
    }

    private Reply retryFile(Exchange exchange) {
        rights.requireEditor(exchange.caller(), exchange.pathId("id"));
        if (!versions.retry(exchange.pathId("id"))) {
            throw Failure.of(
                    Failure.Kind.CONFLICT,
                    "not_failed",
                    "Only a document that failed can be tried again.");
        }
        queued.run();
        return Reply.accepted(found(exchange));
    }

    private Reply deleteFile(Exchange exchange) {
        deletion.document(exchange.caller(), exchange.pathId("id"));
        return Reply.noContent();
    }

    private Reply getErasure(Exchange exchange) {
        return Reply.ok(
                erasures.receipt(exchange.caller().userId(), exchange.pathId("id"))
                        .orElseThrow(() -> Failure.notFound("receipt")));
    }

    private Incoming received(Exchange exchange) throws IOException {
        return Incoming.receive(
                Multipart.of(exchange, config.maxRequestBytes()), originals, config);
    }

    private Document found(Exchange exchange) {
        return documents
                .find(exchange.caller().userId(), exchange.pathId("id"))
                .orElseThrow(() -> Failure.notFound("document"));
    }
}
