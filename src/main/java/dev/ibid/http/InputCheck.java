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
import dev.ibid.text.TextGate;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Holds input against the contract; the first thing that is wrong is named with its field. */
final class InputCheck {

    private static final int LONGEST_NAME = 100;

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
        } catch (IOException unreadable) {
            throw Failure.invalid("body", "The body is not valid JSON: it is not UTF-8 text.");
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
                    parameter.name()
                            + " must be "
                            + typeName(JsonNodeFactory.instance.textNode(parameter.type()))
                            + ".");
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
            throw Failure.invalid(field, field + " " + sentence(error) + ".");
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
            return at.isEmpty() ? whole : shown(at);
        }
        return shown(at.isEmpty() ? property : at + "." + property);
    }

    /** A name may be anything that the client thought of, and of any length. */
    private static String shown(String name) {
        String line = TextGate.line(name);
        return line.codePointCount(0, line.length()) <= LONGEST_NAME
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_NAME)) + "…";
    }

    /** How the sentence that begins with the field's name goes on. */
    private static String sentence(Error error) {
        JsonNode rule = error.getSchemaNode();
        return switch (error.getKeyword()) {
            case "required" -> "is missing";
            case "additionalProperties", "unevaluatedProperties" ->
                    "is not a field that this operation knows";
            case "type" -> "must be " + typeName(rule);
            case "format" -> "must be " + formatName(rule.asText());
            case "minLength" ->
                    rule.asInt() == 1
                            ? "must not be empty"
                            : "must have at least " + rule.asText() + " characters";
            case "maxLength" -> "may have at most " + rule.asText() + " characters";
            case "maxItems" -> "may have at most " + rule.asText() + " entries";
            case "minimum" -> "must be at least " + rule.asText();
            case "maximum" -> "must be at most " + rule.asText();
            case "enum" -> "must be one of " + String.join(", ", texts(rule));
            case "pattern" -> "must not be blank or otherwise malformed";
            default -> "is not what this operation takes";
        };
    }

    private static String typeName(JsonNode type) {
        return switch (type.asText()) {
            case "string" -> "text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            case "array" -> "a list";
            case "object" -> "a JSON object";
            default -> "of another type";
        };
    }

    private static String formatName(String format) {
        return switch (format) {
            case "email" -> "an e-mail address";
            case "uuid" -> "an id (a UUID)";
            case "date-time" -> "a time such as 2026-01-31T12:00:00Z";
            case "date" -> "a date such as 2026-01-31";
            default -> "of the form " + format;
        };
    }

    private static List<String> texts(JsonNode values) {
        return values.valueStream().map(JsonNode::asText).toList();
    }
}
