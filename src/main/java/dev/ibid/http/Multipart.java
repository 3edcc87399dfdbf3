package dev.ibid.http;

import dev.ibid.failure.Failure;

import org.apache.commons.fileupload.FileItemIterator;
import org.apache.commons.fileupload.FileItemStream;
import org.apache.commons.fileupload.FileUpload;
import org.apache.commons.fileupload.FileUploadBase.FileUploadIOException;
import org.apache.commons.fileupload.FileUploadBase.SizeLimitExceededException;
import org.apache.commons.fileupload.FileUploadException;
import org.apache.commons.fileupload.InvalidFileNameException;
import org.apache.commons.fileupload.UploadContext;
import org.jspecify.annotations.Nullable;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The parts of a {@code multipart/form-data} body, one after the other, straight from the socket.
 */
public final class Multipart {

    private static final int MAX_PART_HEADER_BYTES = 8 * 1024;
    private static final int MAX_BOUNDARY = 70;

    /**
     * One part; its content must be read before the next part is asked for.
     *
     * @param fileName as the client sent it, null for a form field
     * @param mediaType as the client declared it
     */
    public record Part(
            String name,
            @Nullable String fileName,
            @Nullable String mediaType,
            InputStream content) {}

    private final FileItemIterator parts;

    private Multipart(FileItemIterator parts) {
        this.parts = parts;
    }

    /**
     * @throws Failure when the request is not multipart or announces more than {@code maxBytes}
     */
    public static Multipart of(Exchange exchange, long maxBytes) {
        long announced = exchange.header("Content-Length").map(Long::parseLong).orElse(-1L);
        if (announced > maxBytes) {
            throw tooLong(maxBytes);
        }
        String type = exchange.header("Content-Type").orElse("");
        refuseUnlessMultipart(type);
        FileUpload reader = new FileUpload();
        reader.setSizeMax(maxBytes);
        reader.setPartHeaderSizeMax(MAX_PART_HEADER_BYTES);
        reader.setHeaderEncoding(StandardCharsets.UTF_8.name());
        return new Multipart(
                reading(() ->
                        reader.getItemIterator(new Body(exchange.stream(), type, announced))));
    }

    public Optional<Part> next() {
        return reading(() -> parts.hasNext() ? Optional.of(part(parts.next())) : Optional.empty());
    }

    private static Part part(FileItemStream item) throws IOException {
        return new Part(
                String.valueOf(item.getFieldName()),
                item.isFormField() ? null : fileName(item),
                item.getContentType(),
                new Content(item.openStream()));
    }

    /** The bytes of a part, whose form can turn out to be broken as late as here. */
    private static final class Content extends FilterInputStream {

        Content(InputStream content) {
            super(content);
        }

        @Override
        public int read() {
            return reading(in::read);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            return reading(() -> in.read(bytes, offset, length));
        }
    }

    private static String fileName(FileItemStream item) {
        try {
            return String.valueOf(item.getName());
        } catch (InvalidFileNameException withNul) {
            return withNul.getName();
        }
    }

    private static void refuseUnlessMultipart(String type) {
        if (!type.toLowerCase(java.util.Locale.ROOT).startsWith("multipart/form-data")) {
            throw Failure.of(
                    Failure.Kind.UNSUPPORTED_TYPE,
                    "unsupported_type",
                    "Send files as multipart/form-data, in parts named \"files\".");
        }
        String boundary = type.replaceFirst("(?is).*boundary=\"?([^\";]*).*", "$1");
        if (boundary.isEmpty() || boundary.equals(type) || boundary.length() > MAX_BOUNDARY) {
            throw malformed(null);
        }
    }

    private static <T> T reading(Reading<T> step) {
        try {
            return step.read();
        } catch (FileUploadException | IOException | IllegalArgumentException broken) {
            Throwable reason = broken instanceof FileUploadIOException ? broken.getCause() : broken;
            throw reason instanceof SizeLimitExceededException tooLong
                            && tooLong.getPermittedSize() > MAX_PART_HEADER_BYTES
                    ? tooLong(tooLong.getPermittedSize())
                    : malformed(broken);
        }
    }

    private static Failure tooLong(long maxBytes) {
        return Failure.of(
                Failure.Kind.TOO_LARGE,
                "request_too_large",
                "An upload may have at most "
                        + maxBytes
                        + " bytes in all. Send fewer files at once.");
    }

    private static Failure malformed(@Nullable Throwable cause) {
        Failure failure =
                Failure.invalid(
                        "body",
                        "The upload is not well-formed multipart/form-data, or ended too early.");
        return cause == null ? failure : failure.causedBy(cause);
    }

    private interface Reading<T> {
        T read() throws FileUploadException, IOException;
    }

    private record Body(InputStream stream, String type, long announced) implements UploadContext {

        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public String getContentType() {
            return type;
        }

        @Override
        @Deprecated
        public int getContentLength() {
            return (int) Math.min(announced, Integer.MAX_VALUE);
        }

        @Override
        public long contentLength() {
            return announced;
        }

        @Override
        public InputStream getInputStream() {
            return stream;
        }
    }
}
