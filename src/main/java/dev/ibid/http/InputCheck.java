package dev.ibid.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;

import dev.ibid.failure.Failure;
import dev.ibid.json.Json;

import java.util.List;
import java.util.Locale;

/** Holds input against the contract; the first thing that is wrong is named with its field. */
final class InputCheck {

    private InputCheck() {}

    /**
     * @throws Failure of kind INVALID naming the field
     */
    static JsonNode body(Schema schema, byte[] bytes) {
        JsonNode body = parse(bytes);
        refuseFirst(schema.validate(body), "body");
        return body;
    }

    /**
     * @param value as it stands in the path, query or header
     */
    static void parameter(Contract.Parameter parameter, String value) {
        refuseFirst(parameter.schema().validate(typed(parameter, value)), parameter.name());
    }

    static Failure missing(String name) {
        return Failure.invalid(name, name + " is missing.");
    }

    private static JsonNode parse(byte[] bytes) {
        try {
            JsonNode body =
                    Json.MAPPER
                            .reader()
                            .with(
                                    com.fasterxml.jackson.databind.DeserializationFeature
                                            .FAIL_ON_TRAILING_TOKENS)
                            .readTree(bytes);
            return body.isMissingNode() ? NullNode.instance : body;
        } catch (JsonProcessingException malformed) {
            throw Failure.invalid(
                    "body", "The body is not valid JSON: " + position(malformed) + ".");
        } catch (java.io.IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }

    private static String position(JsonProcessingException malformed) {
        return malformed.getLocation() == null
                ? "it cannot be read"
                : "look at line "
                        + malformed.getLocation().getLineNr()
                        + ", column "
                        + malformed.getLocation().getColumnNr();
    }

    private static JsonNode typed(Contract.Parameter parameter, String value) {
        try {
            return switch (parameter.type()) {
                case "integer" -> JsonNodeFactory.instance.numberNode(Long.parseLong(value));
                case "number" -> JsonNodeFactory.instance.numberNode(Double.parseDouble(value));
                case "boolean" -> BooleanNode.valueOf(flag(value));
                default -> JsonNodeFactory.instance.textNode(value);
            };
        } catch (IllegalArgumentException unreadable) {
            throw Failure.invalid(
                    parameter.name(),
                    parameter.name() + " must be of type " + parameter.type() + ".");
        }
    }

    private static boolean flag(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(value);
        };
    }

    private static void refuseFirst(List<Error> errors, String whole) {
        if (!errors.isEmpty()) {
            Error error = errors.getFirst();
            String field = field(error, whole);
            throw Failure.invalid(field, field + ": " + sentence(error));
        }
    }

    private static String field(Error error, String whole) {
        String at =
                error.getInstanceLocation()
                        .toString()
                        .replaceFirst("^[$/.]+", "")
                        .replace('/', '.');
        String property = error.getProperty();
        if (property == null || property.isEmpty()) {
            return at.isEmpty() ? whole : at;
        }
        return at.isEmpty() ? property : at + "." + property;
    }

    private static String sentence(Error error) {
        return switch (error.getKeyword()) {
            case "required" -> "this field is missing.";
            case "additionalProperties", "unevaluatedProperties" -> "there is no such field.";
            default -> error.getMessage() + ".";
        };
    }
}
