package dev.ibid.models;

/** A model's view of text as tokens. */
public interface Tokenizer {

    /** The number of tokens of {@code text}, without the model's own start and end marks. */
    int count(String text);

    /**
     * Where each token ends in {@code text}: UTF-16 offsets, ascending, never inside a surrogate
     * pair. Several tokens may end at the same offset. The length of the array is {@code
     * count(text)}.
     */
    int[] ends(String text);

    /** The most tokens of one passage that influence its vector. */
    int limit();
}
