package dev.ibid.journeys;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A multipart body made by hand, so that it can be made wrong. */
final class Form {

    static final String BOUNDARY = "a-boundary-of-tests";
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    static Form begin() {
        return new Form();
    }

    /** A part named {@code files} whose file name stands there just as it is. */
    Form file(String rawName, byte[] content) {
        return part("name=\"files\"; filename=\"" + rawName + "\"", content);
    }

    Form file(String rawName, String content) {
        return file(rawName, content.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param disposition what follows {@code form-data; } in ISO 8859-1, so that any byte can be
     *     sent
     */
    Form part(String disposition, byte[] content) {
        return open(disposition).raw(content).raw("\r\n");
    }

    /** The beginning of a part, up to its content. */
    Form open(String disposition) {
        return raw("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition)
                .raw("\r\n\r\n");
    }

    Form raw(String text) {
        return raw(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Form raw(byte[] content) {
        bytes.writeBytes(content);
        return this;
    }

    byte[] unfinished() {
        return bytes.toByteArray();
    }

    byte[] end() {
        return raw("--" + BOUNDARY + "--\r\n").unfinished();
    }
}
