package dev.ibid.models;

import java.util.List;
import java.util.Locale;

/**
 * What a vector depends on.
 *
 * @param provider who runs the model, in small letters
 * @param prefix the text set before each passage, empty for most models
 * @param splitter the version of the splitter whose pieces are embedded
 */
public record EmbeddingFingerprint(
        String provider, String model, int dimension, String prefix, int splitter) {

    /**
     * A short form fit for a collection or folder name: {@code [a-z0-9-]}, at most 60 characters.
     */
    public String slug() {
        String name =
                (provider + "-" + model).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String readable = name.length() > 40 ? name.substring(0, 40) : name;
        return readable + "-" + dimension + "-" + Integer.toHexString(stableHash());
    }

    /**
     * A record's own hash may change with the Java release, and with it the names of what is on
     * disk.
     */
    private int stableHash() {
        return List.of(provider, model, dimension, prefix, splitter).hashCode();
    }
}
