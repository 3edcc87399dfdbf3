package dev.ibid.documents;

import com.github.f4b6a3.uuid.UuidCreator;

import dev.ibid.auth.Caller;
import dev.ibid.failure.Failure;
import dev.ibid.http.Multipart;
import dev.ibid.http.Multipart.Part;
import dev.ibid.text.TextGate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes files in: to disk while hashing, judged, and only then kept together with their row and
 * job.
 */
final class Uploads {

    private static final Logger log = LoggerFactory.getLogger(Uploads.class);
    private static final int LONGEST_NAME = 255;

    /** Letters that turn the text after them around, so that "txt.exe" can look like "exe.txt". */
    private static final String DIRECTIONS = "[\\u202a-\\u202e\\u2066-\\u2069]";

    /** A file that was not taken, and why. */
    record Rejected(String name, Failure failure) {}

    /**
     * @param existing ids of those accepted that the collection already had
     */
    record Outcome(List<Document> files, List<UUID> existing, List<Rejected> rejected) {}

    private record Arrived(
            String name, @Nullable String declaredType, Originals.Received content) {}

    private final DocumentsConfig config;
    private final Documents documents;
    private final Collections collections;
    private final Originals originals;

    Uploads(
            DocumentsConfig config,
            Documents documents,
            Collections collections,
            Originals originals) {
        this.config = config;
        this.documents = documents;
        this.collections = collections;
        this.originals = originals;
    }

    /** Files are kept one by one: a bad one never takes the others with it. */
    Outcome take(Caller caller, Multipart parts) throws IOException {
        List<Arrived> arrived = new ArrayList<>();
        List<Rejected> rejected = new ArrayList<>();
        try {
            Optional<UUID> wanted = receiveAll(parts, arrived, rejected);
            return keepAll(caller, collection(caller, wanted), arrived, rejected);
        } finally {
            arrived.forEach(file -> originals.discard(file.content()));
        }
    }

    private Optional<UUID> receiveAll(
            Multipart parts, List<Arrived> arrived, List<Rejected> rejected) throws IOException {
        Optional<UUID> collectionId = Optional.empty();
        for (Optional<Part> next = parts.next(); next.isPresent(); next = parts.next()) {
            Part part = next.get();
            if (part.fileName() == null && part.name().equals("collectionId")) {
                collectionId = Optional.of(collectionId(part));
            } else if (part.fileName() != null && part.name().equals("files")) {
                receive(part, displayName(part.fileName()), arrived, rejected);
            } else {
                throw Failure.invalid(
                        TextGate.line(part.name()),
                        "There is no such part. Send files in parts named \"files\".");
            }
        }
        if (arrived.isEmpty() && rejected.isEmpty()) {
            throw Failure.invalid(
                    "files", "No file arrived. Send at least one part named \"files\".");
        }
        return collectionId;
    }

    private void receive(Part part, String name, List<Arrived> arrived, List<Rejected> rejected)
            throws IOException {
        if (arrived.size() + rejected.size() >= config.maxFilesPerRequest()) {
            throw Failure.of(
                    Failure.Kind.TOO_LARGE,
                    "too_many_files",
                    "An upload may carry at most "
                            + config.maxFilesPerRequest()
                            + " files. Send the rest in another one.");
        }
        try {
            arrived.add(
                    new Arrived(
                            name,
                            part.mediaType(),
                            originals.receive(part.content(), config.maxFileBytes())));
        } catch (Originals.TooLarge tooLarge) {
            part.content().transferTo(java.io.OutputStream.nullOutputStream());
            rejected.add(new Rejected(name, tooLarge()));
        }
    }

    private Outcome keepAll(
            Caller caller, Collection collection, List<Arrived> arrived, List<Rejected> rejected)
            throws IOException {
        List<Document> files = new ArrayList<>();
        List<UUID> existing = new ArrayList<>();
        for (Arrived file : arrived) {
            try {
                Documents.Added added = keep(caller, collection, file);
                files.add(added.document());
                if (added.existing()) {
                    existing.add(added.document().id());
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

    private Documents.Added keep(Caller caller, Collection collection, Arrived file)
            throws IOException {
        FileType type =
                FileType.judge(
                        file.name(),
                        file.declaredType(),
                        file.content().file(),
                        config.allowedTypes());
        UUID id = UuidCreator.getTimeOrderedEpoch();
        String original = UuidCreator.getTimeOrderedEpoch().toString();
        originals.keep(file.content(), original);
        Documents.Added added =
                documents.add(
                        new Documents.Upload(
                                id,
                                collection.id(),
                                caller.userId(),
                                file.name(),
                                type.mediaType(),
                                file.content().bytes(),
                                file.content().sha256(),
                                original));
        if (added.existing()) {
            originals.delete(original);
        }
        log.info("Took in document {} of {} bytes", added.document().id(), file.content().bytes());
        return added;
    }

    private Collection collection(Caller caller, Optional<UUID> wanted) {
        if (wanted.isEmpty()) {
            return collections.personal(caller.userId());
        }
        Collection collection =
                collections
                        .find(caller.userId(), wanted.get())
                        .orElseThrow(() -> Failure.notFound("collection"));
        if (!collection.role().mayEdit()) {
            throw Failure.of(
                    Failure.Kind.FORBIDDEN,
                    "read_only",
                    "You may read this collection but not add to it. Ask its owner.");
        }
        return collection;
    }

    private static UUID collectionId(Part part) throws IOException {
        String text =
                new String(part.content().readNBytes(64), java.nio.charset.StandardCharsets.UTF_8);
        try {
            return UUID.fromString(text.strip());
        } catch (IllegalArgumentException malformed) {
            throw Failure.invalid("collectionId", "collectionId must be an id (a UUID).");
        }
    }

    /**
     * What is shown as the file's name: its last path segment on one line; never a path, and never
     * used as one.
     */
    static String displayName(String sent) {
        String line =
                TextGate.line(
                        sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1)
                                .replaceAll(DIRECTIONS, ""));
        if (line.length() <= LONGEST_NAME) {
            return line.isEmpty() ? "unnamed" : line;
        }
        int dot = line.lastIndexOf('.');
        String extension = dot < line.length() - 12 ? "" : line.substring(dot);
        return TextGate.clean(line.substring(0, LONGEST_NAME - extension.length())) + extension;
    }

    private Failure tooLarge() {
        return Failure.of(
                Failure.Kind.TOO_LARGE,
                "file_too_large",
                "A file may have at most "
                        + config.maxFileBytes()
                        + " bytes. Split it or make it smaller.");
    }
}
