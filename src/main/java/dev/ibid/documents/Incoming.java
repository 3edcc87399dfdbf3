package dev.ibid.documents;

import dev.ibid.failure.Failure;
import dev.ibid.http.Multipart;
import dev.ibid.http.Multipart.Part;
import dev.ibid.text.TextGate;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The files of one request: on disk, hashed, and not yet judged. Closing discards those that nobody
 * kept.
 */
final class Incoming implements AutoCloseable {

    /** A file that arrived whole. */
    record Arrived(String name, @Nullable String declaredType, Originals.Received content) {}

    /** A file that was not taken, and why. */
    record Rejected(String name, Failure failure) {}

    private final Originals originals;
    private final DocumentsConfig config;
    private final List<Arrived> arrived = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();
    private Optional<UUID> collectionId = Optional.empty();

    private Incoming(Originals originals, DocumentsConfig config) {
        this.originals = originals;
        this.config = config;
    }

    /** Reads the request to its end; what had arrived of one that breaks off is discarded. */
    static Incoming receive(Multipart parts, Originals originals, DocumentsConfig config)
            throws IOException {
        Incoming incoming = new Incoming(originals, config);
        try {
            incoming.receiveAll(parts);
            return incoming;
        } catch (IOException | RuntimeException broken) {
            incoming.close();
            throw broken;
        }
    }

    List<Arrived> arrived() {
        return List.copyOf(arrived);
    }

    List<Rejected> rejected() {
        return List.copyOf(rejected);
    }

    /** The collection that the request names, if it names one. */
    Optional<UUID> collectionId() {
        return collectionId;
    }

    /** The same bytes whenever the same files are sent to the same collection. */
    byte[] fingerprint() {
        StringBuilder request = new StringBuilder(collectionId.map(UUID::toString).orElse(""));
        for (Arrived file : arrived) {
            request.append('\n')
                    .append(HexFormat.of().formatHex(file.content().sha256()))
                    .append(' ')
                    .append(file.name());
        }
        rejected.forEach(file -> request.append("\nrejected ").append(file.name()));
        return request.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        arrived.forEach(file -> originals.discard(file.content()));
    }

    private void receiveAll(Multipart parts) throws IOException {
        for (Optional<Part> next = parts.next(); next.isPresent(); next = parts.next()) {
            Part part = next.get();
            if (part.fileName() == null && part.name().equals("collectionId")) {
                collectionId = Optional.of(collectionId(part));
            } else if (part.fileName() != null && part.name().equals("files")) {
                receive(part, FileName.shown(part.fileName()));
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
    }

    private void receive(Part part, String name) throws IOException {
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
            part.content().transferTo(OutputStream.nullOutputStream());
            rejected.add(new Rejected(name, tooLarge()));
        }
    }

    private static UUID collectionId(Part part) throws IOException {
        String text = new String(part.content().readNBytes(64), StandardCharsets.UTF_8);
        try {
            return UUID.fromString(text.strip());
        } catch (IllegalArgumentException malformed) {
            throw Failure.invalid("collectionId", "collectionId must be an id (a UUID).");
        }
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
