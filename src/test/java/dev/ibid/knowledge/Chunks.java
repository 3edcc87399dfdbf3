package dev.ibid.knowledge;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Chunks and vectors for tests. */
public final class Chunks {

    /** The installation of tests that know only one. */
    public static final UUID HERE = id("here");

    private Chunks() {}

    public static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** The first chunk of version 1 of a document; the ids are made of the names. */
    public static Chunk chunk(String collection, String document, String text) {
        return chunk(collection, document, 1, 0, text);
    }

    public static Chunk chunk(
            String collection, String document, int version, int ordinal, String text) {
        return new Chunk(
                id(document + "/" + version + "/" + ordinal),
                id(document),
                version,
                id(collection),
                ordinal,
                0,
                Math.max(1, text.length()),
                null,
                null,
                null,
                "",
                List.of(),
                text);
    }

    public static Scope in(String... collections) {
        return new Scope(
                Set.of(collections).stream()
                        .map(Chunks::id)
                        .collect(java.util.stream.Collectors.toSet()),
                Set.of());
    }

    /**
     * A unit vector that leans from the first axis to another one, the more the larger {@code
     * angle} (in radians).
     */
    public static float[] vector(int dimension, int axis, double angle) {
        float[] vector = new float[dimension];
        vector[0] = (float) Math.cos(angle);
        vector[axis] += (float) Math.sin(angle);
        return vector;
    }

    public static float[] randomVector(int dimension, Random random) {
        float[] vector = new float[dimension];
        double length = 0;
        for (int at = 0; at < dimension; at++) {
            vector[at] = (float) random.nextGaussian();
            length += vector[at] * vector[at];
        }
        for (int at = 0; at < dimension; at++) {
            vector[at] /= (float) Math.sqrt(length);
        }
        return vector;
    }
}
