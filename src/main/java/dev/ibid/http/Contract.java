package dev.ibid.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code openapi.yaml}: the one source of routes and of what their input may be. */
public final class Contract {

    private static final Set<String> VERBS = Set.of("get", "put", "post", "delete", "patch");

    /** Whether a credential is needed; where it is optional, one that is sent must be good. */
    enum Access {
        OPEN,
        OPTIONAL,
        REQUIRED
    }

    /**
     * @param path with {@code {name}} for its variables
     * @param access who may ask
     * @param body the schema of a JSON body; null when there is none or it is not JSON
     * @param produces the media types among which a caller may choose when it succeeds
     * @param address what its request paths look like
     * @param readsItself whether there is a body that is not JSON, which the action reads
     */
    record Operation(
            String id,
            String method,
            String path,
            Access access,
            @Nullable Schema body,
            boolean bodyRequired,
            boolean readsItself,
            List<Parameter> parameters,
            Set<String> produces,
            Pattern address) {

        /** A resource that can be read can also be asked for its headers alone. */
        List<String> methods() {
            return method.equals("GET") ? List.of("GET", "HEAD") : List.of(method);
        }

        /** Whether the path has no variables. */
        boolean isFixed() {
            return !path.contains("{");
        }

        /** The path as Vert.x routes are written: {@code /api/files/:id}. */
        String route() {
            return path.replaceAll("\\{(\\w+)}", ":$1");
        }

        /** Whether a call that is sent again under the same key is served only once. */
        boolean isKeyed() {
            return parameters.stream()
                    .anyMatch(parameter -> parameter.name().equals(Idempotency.HEADER));
        }
    }

    record Parameter(String name, String in, boolean required, String type, Schema schema) {}

    private final String yaml;
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private final JsonNode root;
    private final SchemaRegistry schemas =
            SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    registry ->
                            registry.schemaRegistryConfig(
                                    com.networknt.schema.SchemaRegistryConfig.builder()
                                            .formatAssertionsEnabled(true)
                                            .build()));

    private Contract(String yaml) throws IOException {
        this.yaml = yaml;
        this.root = new YAMLMapper().readTree(yaml);
        root.get("paths").properties().forEach(path -> addPath(path.getKey(), path.getValue()));
    }

    public static Contract load() {
        try (InputStream in =
                Objects.requireNonNull(Contract.class.getResourceAsStream("/openapi.yaml"))) {
            return new Contract(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Contract of(String yaml) {
        try {
            return new Contract(yaml);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    String yaml() {
        return yaml;
    }

    Map<String, Operation> operations() {
        return operations;
    }

    /**
     * The methods that some operation serves at exactly this request path; empty when the path is
     * unknown.
     */
    Set<String> methodsAt(String requestPath) {
        Set<String> fixed = methodsAt(requestPath, true);
        return fixed.isEmpty() ? methodsAt(requestPath, false) : fixed;
    }

    private Set<String> methodsAt(String requestPath, boolean fixed) {
        return operations.values().stream()
                .filter(operation -> operation.isFixed() == fixed)
                .filter(operation -> operation.address().matcher(requestPath).matches())
                .flatMap(operation -> operation.methods().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void addPath(String path, JsonNode item) {
        item.properties().stream()
                .filter(verb -> VERBS.contains(verb.getKey()))
                .forEach(verb -> {
                    Operation operation =
                            operation(
                                    path, verb.getKey(), verb.getValue(), item.path("parameters"));
                    operations.put(operation.id(), operation);
                });
    }

    private Operation operation(String path, String verb, JsonNode node, JsonNode shared) {
        JsonNode body = node.path("requestBody");
        JsonNode json = body.at("/content/application~1json/schema");
        List<Parameter> parameters = new ArrayList<>();
        shared.forEach(parameter -> parameters.add(parameter(parameter)));
        node.path("parameters").forEach(parameter -> parameters.add(parameter(parameter)));
        return new Operation(
                node.get("operationId").asText(),
                verb.toUpperCase(java.util.Locale.ROOT),
                path,
                access(node.get("security")),
                json.isMissingNode() ? null : schema(json),
                body.path("required").asBoolean(false),
                json.isMissingNode() && !body.isMissingNode(),
                List.copyOf(parameters),
                produces(node),
                Pattern.compile(path.replaceAll("\\{\\w+}", "[^/]+")));
    }

    private static Set<String> produces(JsonNode node) {
        Set<String> types = new TreeSet<>();
        node.path("responses").properties().stream()
                .filter(response -> response.getKey().startsWith("2"))
                .forEach(response ->
                        response.getValue()
                                .path("content")
                                .fieldNames()
                                .forEachRemaining(types::add));
        return types;
    }

    private static Access access(@Nullable JsonNode security) {
        if (security == null) {
            return Access.REQUIRED;
        }
        return security.isEmpty() ? Access.OPEN : Access.OPTIONAL;
    }

    private Parameter parameter(JsonNode node) {
        JsonNode parameter =
                node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
        JsonNode schema = parameter.get("schema");
        return new Parameter(
                parameter.get("name").asText(),
                parameter.get("in").asText(),
                parameter.path("required").asBoolean(false),
                schema.path("type").asText("string"),
                schema(schema));
    }

    /**
     * A schema that stands alone: the contract's schemas come along as its definitions, so that
     * references resolve.
     */
    private Schema schema(JsonNode node) {
        ObjectNode standalone = node.deepCopy();
        standalone.set("$defs", root.at("/components/schemas"));
        return schemas.getSchema(
                standalone.toString().replace("#/components/schemas/", "#/$defs/"));
    }
}
