package dev.ibid.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;

import java.io.IOException;
import java.util.Locale;

@SuppressWarnings("rawtypes")
final class LowerCaseEnum extends StdSerializer<Enum> {

    LowerCaseEnum() {
        super(Enum.class);
    }

    @Override
    public void serialize(Enum value, JsonGenerator json, SerializerProvider provider)
            throws IOException {
        json.writeString(value.name().toLowerCase(Locale.ROOT));
    }
}
