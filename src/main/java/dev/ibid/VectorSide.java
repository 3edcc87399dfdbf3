package dev.ibid;

import dev.ibid.knowledge.DenseWeight;
import dev.ibid.knowledge.Follower;
import dev.ibid.knowledge.QueryVectors;
import dev.ibid.knowledge.Retrieval;
import dev.ibid.knowledge.VectorIndex;
import dev.ibid.models.Embedder;
import dev.ibid.models.EmbeddingConfig;
import dev.ibid.models.EmbeddingFingerprint;

/** Finding by vectors: a model, the index of its vectors, and who keeps that up to date. */
record VectorSide(
        EmbeddingConfig config,
        Embedder embedder,
        EmbeddingFingerprint fingerprint,
        QueryVectors queryVectors,
        VectorIndex index,
        Follower follower) {

    /** A model that was trained on English only is not asked about other scripts. */
    Retrieval.Dense dense() {
        return new Retrieval.Dense(
                index,
                queryVectors,
                config.habits().english() ? DenseWeight.englishOnly() : DenseWeight.anyLanguage());
    }
}
