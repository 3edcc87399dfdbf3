package dev.ibid.knowledge;

import java.util.List;

/** Finds the chunks whose vectors are nearest to a question's. */
@FunctionalInterface
public interface NearestChunks {

    /** Best first, at most {@code limit}; the score is {@code (1 + cosine) / 2}. */
    List<Hit> query(float[] vector, Scope scope, int limit);
}
