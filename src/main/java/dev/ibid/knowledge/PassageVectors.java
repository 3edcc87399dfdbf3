package dev.ibid.knowledge;

import java.util.List;

/** Gives the vectors of passages, of length 1 and from the same model as the questions'. */
@FunctionalInterface
public interface PassageVectors {

    /**
     * One for each passage, in order.
     *
     * @throws dev.ibid.failure.Failure when the model cannot be reached
     */
    List<float[]> of(List<String> passages);
}
