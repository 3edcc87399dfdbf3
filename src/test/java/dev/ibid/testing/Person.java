package dev.ibid.testing;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.json.Json;

import org.awaitility.Awaitility;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Somebody who speaks to the server over HTTP.
 *
 * @param accessToken empty for a stranger
 */
public record Person(URI server, String email, String accessToken, String refreshToken) {

    public static final String PASSWORD = "correct horse battery";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final String BOUNDARY = "----a-boundary-for-tests";

    /** A file as it is uploaded. */
    public record Upload(String name, String mediaType, byte[] content) {}

    /** One server-sent event. */
    public record Event(String id, String name, JsonNode data) {}

    public static Person stranger(URI server) {
        return new Person(server, "", "", "");
    }

    public static Person register(URI server, String email) {
        return signedIn(
                server,
                email,
                stranger(server).post("/api/auth/register", credentials(email)).expect(201));
    }

    /** Registers who is new, and signs in who has an account already. */
    public static Person returning(URI server, String email) {
        Answer registered = stranger(server).post("/api/auth/register", credentials(email));
        return registered.status() == 409
                ? login(server, email)
                : signedIn(server, email, registered.expect(201));
    }

    public static Person login(URI server, String email) {
        return signedIn(
                server,
                email,
                stranger(server).post("/api/auth/login", credentials(email)).expect(200));
    }

    public static Map<String, String> credentials(String email) {
        return Map.of("email", email, "password", PASSWORD);
    }

    private static Person signedIn(URI server, String email, Answer tokens) {
        return new Person(
                server,
                email,
                tokens.json().get("access_token").asText(),
                tokens.json().get("refresh_token").asText());
    }

    public Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody(), Map.of());
    }

    public Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody(), Map.of());
    }

    public Answer post(String path, Object body) {
        return json("POST", path, body);
    }

    public Answer patch(String path, Object body) {
        return json("PATCH", path, body);
    }

    public Answer json(String method, String path, Object body) {
        return send(
                method,
                path,
                BodyPublishers.ofByteArray(Json.bytes(body)),
                Map.of("Content-Type", "application/json"));
    }

    public Answer send(
            String method, String path, BodyPublisher body, Map<String, String> headers) {
        HttpResponse<byte[]> response =
                exchange(request(method, path, body, headers), BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), response);
    }

    public Answer upload(Upload... files) {
        return upload(Map.of(), files);
    }

    public Answer upload(Map<String, String> fields, Upload... files) {
        return send(
                "POST",
                "/api/files",
                BodyPublishers.ofByteArray(multipart(fields, files)),
                Map.of("Content-Type", "multipart/form-data; boundary=" + BOUNDARY));
    }

    /** Gives a document new content. */
    public Answer replace(String documentId, Upload file) {
        return send(
                "PUT",
                "/api/files/" + documentId + "/content",
                BodyPublishers.ofByteArray(multipart(Map.of(), file)),
                Map.of("Content-Type", "multipart/form-data; boundary=" + BOUNDARY));
    }

    /** Uploads one file and waits until it is ready or failed. */
    public JsonNode ingest(Upload file) {
        return settled(upload(file).expect(202).json().at("/files/0/id").asText());
    }

    /** The document once it is ready or failed. */
    public JsonNode settled(String documentId) {
        return Awaitility.await("document " + documentId)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> get("/api/files/" + documentId).expect(200).json(),
                        document ->
                                List.of("ready", "failed")
                                        .contains(document.get("state").asText()));
    }

    /** Reads a whole event stream, heartbeats left out. */
    public List<Event> events(
            String method, String path, Object body, Map<String, String> headers) {
        try (LiveEvents live = live(method, path, body, headers)) {
            return live.rest();
        }
    }

    public List<Event> chatEvents(Object request) {
        return events("POST", "/api/chat", request, Map.of());
    }

    /** An event stream to be read as it arrives; this returns with the head of the answer. */
    public LiveEvents live(String method, String path, Object body, Map<String, String> headers) {
        Map<String, String> all = new java.util.HashMap<>(headers);
        all.put("Accept", "text/event-stream");
        all.put("Content-Type", "application/json");
        BodyPublisher content =
                method.equals("GET")
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofByteArray(Json.bytes(body));
        HttpResponse<InputStream> response =
                exchange(request(method, path, content, all), BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new AssertionError(
                    "expected an event stream but was "
                            + response.statusCode()
                            + ": "
                            + text(response.body()));
        }
        return new LiveEvents(response.body());
    }

    public LiveEvents liveChat(Object request) {
        return live("POST", "/api/chat", request, Map.of());
    }

    private static String text(InputStream body) {
        try (body) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    private HttpRequest request(
            String method, String path, BodyPublisher body, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(path))
                        .method(method, body)
                        .timeout(Duration.ofSeconds(60));
        if (!accessToken.isEmpty()) {
            request.header("Authorization", "Bearer " + accessToken);
        }
        headers.forEach(request::header);
        return request.build();
    }

    private static <T> HttpResponse<T> exchange(
            HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return HTTP.send(request, handler);
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static byte[] multipart(Map<String, String> fields, Upload... files) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        fields.forEach((name, value) ->
                body.writeBytes(
                        ("--"
                                        + BOUNDARY
                                        + "\r\nContent-Disposition: form-data; name=\""
                                        + name
                                        + "\"\r\n\r\n"
                                        + value
                                        + "\r\n")
                                .getBytes(StandardCharsets.UTF_8)));
        for (Upload file : files) {
            body.writeBytes(
                    ("--"
                                    + BOUNDARY
                                    + "\r\nContent-Disposition: form-data; name=\"files\"; filename=\""
                                    + file.name()
                                    + "\"\r\nContent-Type: "
                                    + file.mediaType()
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            body.writeBytes(file.content());
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }
}
