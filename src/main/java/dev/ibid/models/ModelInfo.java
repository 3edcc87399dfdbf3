package dev.ibid.models;

/**
 * What is known of a model.
 *
 * @param provider its name as people write it, such as {@code OpenAI}
 * @param contextTokens how many tokens prompt and answer may have together; a careful guess for
 *     models that are not known
 * @param maxOutputTokens what is kept free for the answer
 */
public record ModelInfo(String provider, String model, int contextTokens, int maxOutputTokens) {

    /** How many tokens a prompt may have. */
    public int promptTokens() {
        return contextTokens - maxOutputTokens;
    }
}
