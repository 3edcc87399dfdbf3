package dev.ibid.journeys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** {@code openapi.yaml} as a stranger's tool reads it: nothing of the server's own reading. */
final class PublishedApi {

    private static final Set<String> VERBS = Set.of("get", "put", "post", "delete", "patch");
    private static final JsonNode ROOT = read();
    private static final List<Operation> OPERATIONS = readOperations();
    private static final SchemaRegistry SCHEMAS =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private PublishedApi() {}

    /** A place of a request that takes an id: in path, query, JSON body or form. */
    record Place(String in, String name, boolean many) {

        @Override
        public String toString() {
            return in + ":" + name;
        }
    }

    record Operation(
            String id, String method, String path, JsonNode node, List<JsonNode> parameters) {

        /** Whether it answers without a credential. */
        boolean open() {
            return node.has("security");
        }

        boolean hasJsonBody() {
            return !jsonBody().isMissingNode();
        }

        boolean needsBody() {
            return node.at("/requestBody/required").asBoolean();
        }

        /** The schema of the JSON body. */
        JsonNode jsonBody() {
            return resolved(node.at("/requestBody/content/application~1json/schema"));
        }

        /** The path with the same id for each of its variables. */
        String at(String pathId) {
            return path.replaceAll("\\{\\w+}", pathId);
        }

        /** What the contract says of a status; missing if it says nothing. */
        JsonNode response(int status) {
            return resolved(node.path("responses").path(String.valueOf(status)));
        }

        List<JsonNode> parameters(String in) {
            return parameters.stream().filter(each -> each.get("in").asText().equals(in)).toList();
        }

        List<Place> idPlaces() {
            List<Place> places = new ArrayList<>();
            parameters.stream()
                    .filter(each -> takesId(each.get("schema")))
                    .map(each -> new Place(each.get("in").asText(), name(each), false))
                    .forEach(places::add);
            addFields(places, "body", jsonBody());
            addFields(
                    places,
                    "form",
                    resolved(node.at("/requestBody/content/multipart~1form-data/schema")));
            return places;
        }

        private static void addFields(List<Place> places, String in, JsonNode schema) {
            schema.path("properties")
                    .properties()
                    .forEach(field -> {
                        boolean many = field.getValue().has("items");
                        if (takesId(many ? field.getValue().get("items") : field.getValue())) {
                            places.add(new Place(in, field.getKey(), many));
                        }
                    });
        }

        private static boolean takesId(JsonNode schema) {
            return schema.path("format").asText().equals("uuid");
        }

        @Override
        public String toString() {
            return id;
        }
    }

    static Stream<Operation> operations() {
        return OPERATIONS.stream();
    }

    static Operation operation(String id) {
        return operations().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    }

    static String name(JsonNode parameter) {
        return parameter.get("name").asText();
    }

    /** All methods that the contract has at a path; what can be read has its headers read too. */
    static List<String> methodsAt(String path) {
        return operations()
                .filter(each -> each.path().equals(path))
                .map(Operation::method)
                .flatMap(method ->
                        method.equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(method))
                .sorted()
                .toList();
    }

    /** What is wrong with {@code value} by this schema of the contract. */
    static List<String> violations(JsonNode schema, JsonNode value) {
        ObjectNode standalone = schema.deepCopy();
        standalone.set("$defs", ROOT.at("/components/schemas"));
        Schema compiled =
                SCHEMAS.getSchema(
                        standalone.toString().replace("#/components/schemas/", "#/$defs/"));
        return compiled
                .validate(
                        value,
                        context ->
                                context.executionConfig(
                                        config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? ROOT.at(node.get("$ref").asText().substring(1)) : node;
    }

    private static List<Operation> readOperations() {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : ROOT.get("paths").properties()) {
            UnaryOperator<JsonNode> shared = item -> item.path("parameters");
            path.getValue().properties().stream()
                    .filter(verb -> VERBS.contains(verb.getKey()))
                    .forEach(verb -> {
                        List<JsonNode> parameters = new ArrayList<>();
                        shared.apply(path.getValue())
                                .forEach(each -> parameters.add(resolved(each)));
                        shared.apply(verb.getValue())
                                .forEach(each -> parameters.add(resolved(each)));
                        operations.add(
                                new Operation(
                                        verb.getValue().get("operationId").asText(),
                                        verb.getKey().toUpperCase(Locale.ROOT),
                                        path.getKey(),
                                        verb.getValue(),
                                        List.copyOf(parameters)));
                    });
        }
        return List.copyOf(operations);
    }

    private static JsonNode read() {
        try (InputStream in =
                Objects.requireNonNull(PublishedApi.class.getResourceAsStream("/openapi.yaml"))) {
            return new YAMLMapper().readTree(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
