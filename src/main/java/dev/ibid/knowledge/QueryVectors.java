package dev.ibid.knowledge;

/** Gives the vector of a question, of length 1 and from the same model as the passages'. */
@FunctionalInterface
public interface QueryVectors {

    /**
     * @throws dev.ibid.failure.Failure when the model cannot be reached; the search then goes by
     *     words alone
     */
    float[] of(String query);
}
