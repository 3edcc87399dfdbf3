package dev.ibid.documents;

import dev.ibid.failure.Failure;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The kinds of file that can be read. A file is judged by its name, its declared type and its bytes
 * together.
 */
public enum FileType {
    PDF(List.of("pdf"), List.of("application/pdf", "application/x-pdf", "application/acrobat")),
    DOCX(
            List.of("docx"),
            List.of(
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                    "application/msword",
                    "application/zip",
                    "application/x-zip-compressed")),
    TXT(List.of("txt", "text"), List.of("text/plain")),
    MD(List.of("md", "markdown"), List.of("text/markdown", "text/x-markdown")),
    CSV(
            List.of("csv"),
            List.of("text/csv", "application/csv", "text/x-csv", "application/vnd.ms-excel"));

    private static final Set<String> ANY =
            Set.of("application/octet-stream", "binary/octet-stream");

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> extensions;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> mediaTypes;

    FileType(List<String> extensions, List<String> mediaTypes) {
        this.extensions = extensions;
        this.mediaTypes = mediaTypes;
    }

    /** The name as {@code ALLOWED_FILE_TYPES} has it. */
    public String extension() {
        return extensions.getFirst();
    }

    public String mediaType() {
        return mediaTypes.getFirst();
    }

    /** By what stands after the last dot of a file's name. */
    public static Optional<FileType> ofName(String fileName) {
        int dot = fileName.lastIndexOf('.');
        String extension = fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
        return dot < 0 ? Optional.empty() : find(type -> type.extensions.contains(extension));
    }

    /** By the media type that {@link #mediaType} gives. */
    public static Optional<FileType> ofMediaType(String mediaType) {
        return find(type -> type.mediaType().equals(mediaType));
    }

    /**
     * What the file is, if all three witnesses agree.
     *
     * @param declared the media type that came with the upload, with or without parameters
     * @throws Failure UNSUPPORTED_TYPE when the type is not among {@code allowed} or a witness
     *     contradicts the name; UNPROCESSABLE when the file is empty
     */
    public static FileType judge(
            String fileName, @Nullable String declared, Path content, Set<FileType> allowed)
            throws IOException {
        FileType type =
                ofName(fileName)
                        .filter(allowed::contains)
                        .orElseThrow(() -> refuse("Files of this type cannot be read.", allowed));
        if (!type.mayBeDeclaredAs(declared)) {
            throw refuse(
                    "The file is named as "
                            + type.extension()
                            + " but was sent as another type. Upload it under the type it has.",
                    allowed);
        }
        Magic found = Magic.of(content, type);
        if (found == Magic.NOTHING) {
            throw Failure.of(
                    Failure.Kind.UNPROCESSABLE, "empty_file", "The file is empty. Choose another.");
        }
        if (!found.fits(type)) {
            throw refuse(
                    "The file is named as " + type.extension() + " but is " + found.words() + ".",
                    allowed);
        }
        return type;
    }

    private boolean mayBeDeclaredAs(@Nullable String declared) {
        if (declared == null || declared.isBlank()) {
            return true;
        }
        String bare = declared.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        boolean loosely = isText() && bare.startsWith("text/") && !bare.equals("text/html");
        return ANY.contains(bare) || mediaTypes.contains(bare) || loosely;
    }

    boolean isText() {
        return this == TXT || this == MD || this == CSV;
    }

    private static Failure refuse(String what, Set<FileType> allowed) {
        String names =
                allowed.stream()
                        .sorted()
                        .map(FileType::extension)
                        .collect(Collectors.joining(", "));
        return Failure.of(
                Failure.Kind.UNSUPPORTED_TYPE,
                "unsupported_type",
                what + " The types that can be read are: " + names + ".");
    }

    private static Optional<FileType> find(Predicate<FileType> fits) {
        return Arrays.stream(values()).filter(fits).findFirst();
    }
}
