package dev.ibid.documents;

import dev.ibid.failure.Failure;
import dev.ibid.http.Exchange;
import dev.ibid.http.Multipart;
import dev.ibid.http.Operations;
import dev.ibid.http.Problem;
import dev.ibid.http.Problems;
import dev.ibid.http.Reply;
import dev.ibid.http.Routes;
import dev.ibid.text.TextGate;
import dev.ibid.threads.RequestThreads;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

final class DocumentRoutes implements Routes {

    private final RequestThreads threads;
    private final DocumentsConfig config;
    private final Uploads uploads;
    private final Deletion deletion;
    private final Documents documents;
    private final Collections collections;
    private final Originals originals;
    private final Runnable queued;

    DocumentRoutes(
            RequestThreads threads,
            DocumentsConfig config,
            Documents documents,
            Collections collections,
            Originals originals,
            Deletion deletion,
            Runnable queued) {
        this.threads = threads;
        this.config = config;
        this.documents = documents;
        this.collections = collections;
        this.originals = originals;
        this.deletion = deletion;
        this.queued = queued;
        this.uploads = new Uploads(config, documents, collections, originals);
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
                .on("getFile", this::getFile)
                .on("getFileContent", this::getFileContent)
                .on("listFileChunks", this::listFileChunks)
                .on("deleteFile", this::deleteFile)
                .on("createCollection", this::createCollection)
                .on("listCollections", this::listCollections)
                .on("getCollection", this::getCollection)
                .on("updateCollection", this::updateCollection)
                .on("deleteCollection", this::deleteCollection);
    }

    private record UploadReply(
            List<Document> files, List<UUID> existing, List<RejectedFile> rejected) {}

    private record RejectedFile(String name, Problem problem) {}

    private record CollectionName(String name) {}

    private Reply uploadFiles(Exchange exchange) throws IOException {
        Uploads.Outcome outcome =
                uploads.take(exchange.caller(), Multipart.of(exchange, config.maxRequestBytes()));
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

    private Reply getFile(Exchange exchange) {
        return Reply.ok(found(exchange));
    }

    private Reply getFileContent(Exchange exchange) {
        Documents.OriginalFile original =
                documents
                        .original(exchange.caller().userId(), exchange.pathId("id"))
                        .orElseThrow(() -> Failure.notFound("document"));
        Path file = originals.path(original.original());
        if (!Files.isReadable(file)) {
            throw Failure.of(
                    Failure.Kind.UNAVAILABLE,
                    "original_missing",
                    "The original of this document cannot be read right now. Tell whoever runs the server.");
        }
        return new Reply.Download(file, original.name(), original.mediaType());
    }

    private Reply listFileChunks(Exchange exchange) {
        return Reply.ok(documents.chunks(found(exchange).id(), exchange.page()));
    }

    private Reply deleteFile(Exchange exchange) {
        deletion.document(exchange.caller(), exchange.pathId("id"));
        return Reply.noContent();
    }

    private Reply createCollection(Exchange exchange) {
        String name = TextGate.line(exchange.body(CollectionName.class).name());
        return Reply.created(collections.create(exchange.caller().userId(), name));
    }

    private Reply listCollections(Exchange exchange) {
        return Reply.ok(collections.list(exchange.caller().userId(), exchange.page()));
    }

    private Reply getCollection(Exchange exchange) {
        return Reply.ok(foundCollection(exchange));
    }

    private Reply updateCollection(Exchange exchange) {
        Collection collection = foundCollection(exchange);
        if (collection.role() != MemberRole.OWNER) {
            throw Failure.of(
                    Failure.Kind.FORBIDDEN, "not_owner", "Only an owner may rename a collection.");
        }
        collections.rename(
                collection.id(), TextGate.line(exchange.body(CollectionName.class).name()));
        return Reply.ok(foundCollection(exchange));
    }

    private Reply deleteCollection(Exchange exchange) {
        deletion.collection(exchange.caller(), exchange.pathId("id"));
        return Reply.noContent();
    }

    private Document found(Exchange exchange) {
        return documents
                .find(exchange.caller().userId(), exchange.pathId("id"))
                .orElseThrow(() -> Failure.notFound("document"));
    }

    private Collection foundCollection(Exchange exchange) {
        return collections
                .find(exchange.caller().userId(), exchange.pathId("id"))
                .orElseThrow(() -> Failure.notFound("collection"));
    }
}
