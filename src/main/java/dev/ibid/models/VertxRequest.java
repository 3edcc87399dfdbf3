package dev.ibid.models;

import dev.langchain4j.http.client.FormDataFile;
import dev.langchain4j.http.client.HttpRequest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

import java.util.UUID;
import java.util.function.UnaryOperator;

/** A request of langchain4j's as Vert.x sends it: the head, and the body in one piece. */
record VertxRequest(RequestOptions options, Buffer body) {

    static VertxRequest of(HttpRequest asked, UnaryOperator<String> bodies) {
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.valueOf(asked.method().name()))
                        .setAbsoluteURI(asked.url());
        asked.headers()
                .forEach((name, values) -> values.forEach(value -> options.addHeader(name, value)));
        if (asked.formDataFields().isEmpty() && asked.formDataFiles().isEmpty()) {
            String body = asked.body() == null ? "" : bodies.apply(asked.body());
            return new VertxRequest(options, Buffer.buffer(body));
        }
        String boundary = "ibid-" + UUID.randomUUID();
        options.putHeader("Content-Type", "multipart/form-data; boundary=" + boundary);
        return new VertxRequest(options, form(asked, boundary));
    }

    private static Buffer form(HttpRequest asked, String boundary) {
        Buffer form = Buffer.buffer();
        asked.formDataFields()
                .forEach((name, value) -> {
                    part(form, boundary, "name=\"" + quoted(name) + "\"");
                    form.appendString("\r\n").appendString(value).appendString("\r\n");
                });
        asked.formDataFiles().forEach((name, file) -> file(form, boundary, name, file));
        return form.appendString("--" + boundary + "--\r\n");
    }

    private static void file(Buffer form, String boundary, String name, FormDataFile file) {
        part(
                form,
                boundary,
                "name=\"" + quoted(name) + "\"; filename=\"" + quoted(file.fileName()) + "\"");
        form.appendString("Content-Type: " + file.contentType() + "\r\n\r\n")
                .appendBytes(file.content())
                .appendString("\r\n");
    }

    private static void part(Buffer form, String boundary, String names) {
        form.appendString(
                "--" + boundary + "\r\nContent-Disposition: form-data; " + names + "\r\n");
    }

    /** The three characters that the HTML standard escapes in the names of multipart/form-data. */
    private static String quoted(String name) {
        return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }
}
