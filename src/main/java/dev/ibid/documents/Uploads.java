package dev.ibid.documents;

import com.github.f4b6a3.uuid.UuidCreator;

import dev.ibid.auth.Caller;
import dev.ibid.documents.Incoming.Arrived;
import dev.ibid.documents.Incoming.Rejected;
import dev.ibid.documents.Versions.Content;
import dev.ibid.documents.Versions.Queued;
import dev.ibid.failure.Failure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Judges files that have arrived, and keeps each together with its row and its job. */
final class Uploads {

    private static final Logger log = LoggerFactory.getLogger(Uploads.class);

    /**
     * @param existing ids of those accepted that the collection already had
     */
    record Outcome(List<Document> files, List<UUID> existing, List<Rejected> rejected) {}

    private interface Queueing {
        Queued queue(Content content);
    }

    private final DocumentsConfig config;
    private final Versions versions;
    private final Rights rights;
    private final Originals originals;

    Uploads(DocumentsConfig config, Versions versions, Rights rights, Originals originals) {
        this.config = config;
        this.versions = versions;
        this.rights = rights;
        this.originals = originals;
    }

    /** Files are kept one by one: a bad one never takes the others with it. */
    Outcome add(Caller caller, Incoming incoming) throws IOException {
        UUID collectionId = rights.target(caller, incoming.collectionId()).id();
        List<Document> files = new ArrayList<>();
        List<UUID> existing = new ArrayList<>();
        List<Rejected> rejected = new ArrayList<>(incoming.rejected());
        for (Arrived file : incoming.arrived()) {
            try {
                UUID id = UuidCreator.getTimeOrderedEpoch();
                Queued queued =
                        keep(caller, file, content -> versions.add(id, collectionId, content));
                files.add(queued.document());
                if (queued.existing()) {
                    existing.add(queued.document().id());
                }
            } catch (Failure refused) {
                if (refused.kind().blame() != Failure.Blame.CALLER) {
                    throw refused;
                }
                rejected.add(new Rejected(file.name(), refused));
            }
        }
        return new Outcome(files, existing, rejected);
    }

    /** Gives a document new content, of the same or another type. */
    Queued replace(Caller caller, UUID documentId, Incoming incoming) throws IOException {
        if (incoming.collectionId().isPresent()) {
            throw Failure.invalid(
                    "collectionId", "A document stays in its collection; leave this part out.");
        }
        if (incoming.arrived().size() + incoming.rejected().size() != 1) {
            throw Failure.invalid("files", "Send exactly one file as the new content.");
        }
        if (!incoming.rejected().isEmpty()) {
            throw incoming.rejected().getFirst().failure();
        }
        return keep(
                caller,
                incoming.arrived().getFirst(),
                content -> versions.replace(documentId, content));
    }

    private Queued keep(Caller caller, Arrived file, Queueing queueing) throws IOException {
        FileType type =
                FileType.judge(
                        file.name(),
                        file.declaredType(),
                        file.content().file(),
                        config.allowedTypes());
        String original = UuidCreator.getTimeOrderedEpoch().toString();
        originals.keep(file.content(), original);
        Queued queued =
                queued(
                        new Content(
                                caller.userId(),
                                file.name(),
                                type.mediaType(),
                                file.content().bytes(),
                                file.content().sha256(),
                                original),
                        queueing);
        log.info("Took in document {} of {} bytes", queued.document().id(), file.content().bytes());
        return queued;
    }

    /**
     * An original that no version needs goes at once. After any failure but a refusal the commit
     * may have happened all the same; then the sweep decides.
     */
    private Queued queued(Content content, Queueing queueing) {
        try {
            Queued queued = queueing.queue(content);
            if (queued.existing()) {
                originals.delete(content.original());
            }
            return queued;
        } catch (Failure failure) {
            if (failure.kind().blame() == Failure.Blame.CALLER) {
                originals.delete(content.original());
            }
            throw failure;
        }
    }
}
