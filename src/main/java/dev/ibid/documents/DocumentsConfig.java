package dev.ibid.documents;

import dev.ibid.config.Settings;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What may be uploaded.
 *
 * @param maxFileBytes for each file
 */
public record DocumentsConfig(
        long maxFileBytes, Set<FileType> allowedTypes, int maxFilesPerRequest) {

    private static final long ENVELOPE = 1L << 20;
    private static final List<String> TYPES =
            Stream.of(FileType.values()).map(FileType::extension).toList();

    public DocumentsConfig {
        allowedTypes = Set.copyOf(allowedTypes);
    }

    public static DocumentsConfig from(Settings settings) {
        return new DocumentsConfig(
                settings.bytes("MAX_FILE_SIZE", "The largest file that may be uploaded.")
                        .where(bytes -> bytes > 0 && bytes <= 1L << 30, "from 1 byte to 1GB")
                        .or(10L << 20),
                types(
                        settings.list(
                                        "ALLOWED_FILE_TYPES",
                                        "File name extensions that may be uploaded.")
                                .where(TYPES::containsAll, "some of " + String.join(",", TYPES))
                                .or(TYPES)),
                settings.integer("MAX_FILES_PER_REQUEST", "How many files one upload may carry.")
                        .where(count -> count >= 1 && count <= 100, "from 1 to 100")
                        .or(5));
    }

    private static Set<FileType> types(List<String> extensions) {
        return Stream.of(FileType.values())
                .filter(type -> extensions.contains(type.extension()))
                .collect(Collectors.toSet());
    }

    /**
     * The longest upload request: all its files at their largest, and what the form needs around
     * them.
     */
    public long maxRequestBytes() {
        return maxFileBytes * maxFilesPerRequest + ENVELOPE;
    }
}
