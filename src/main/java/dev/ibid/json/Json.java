package dev.ibid.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import dev.ibid.text.TextGate;

import java.io.IOException;
import java.util.Objects;

/**
 * The one mapper: times as RFC 3339, enums in lower case, duplicate keys refused, and every string
 * read passes the text gate.
 */
public final class Json {

    public static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .addModule(
                            new SimpleModule()
                                    .addDeserializer(String.class, new GatedText())
                                    .addSerializer(new LowerCaseEnum()))
                    .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private Json() {}

    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException(defect);
        }
    }

    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException(defect);
        }
    }

    /** Reads what {@link #text} wrote, for example a column of the database. */
    public static <T> T read(String json, Class<T> type) {
        try {
            return Objects.requireNonNull(MAPPER.readValue(json, type));
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException(defect);
        }
    }

    public static <T> T read(String json, TypeReference<T> type) {
        try {
            return Objects.requireNonNull(MAPPER.readValue(json, type));
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException(defect);
        }
    }

    private static final class GatedText extends StdScalarDeserializer<String> {

        GatedText() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            return TextGate.clean(String.valueOf(parser.getValueAsString()));
        }
    }
}
