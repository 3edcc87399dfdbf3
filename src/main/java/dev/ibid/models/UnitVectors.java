package dev.ibid.models;

import dev.ibid.models.EmbeddingFailures.Unusable;

/** Makes vectors of a provider fit for an index: finite, and of Euclidean length 1. */
final class UnitVectors {

    private UnitVectors() {}

    /**
     * @throws Unusable when a part is no number or all are zero
     */
    static float[] of(float[] vector) {
        double squares = 0;
        for (float part : vector) {
            squares += (double) part * part;
        }
        if (!Double.isFinite(squares) || squares == 0) {
            throw new Unusable("a vector without a direction");
        }
        double length = Math.sqrt(squares);
        float[] unit = new float[vector.length];
        for (int at = 0; at < unit.length; at++) {
            unit[at] = (float) (vector[at] / length);
        }
        return unit;
    }
}
