package dev.ibid.knowledge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.ibid.threads.Admission;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Keeps the vectors of the last questions, which are asked again by people and by every retry, and
 * lets no more questions to the model at once than it can answer soon. For one model: another has
 * vectors of its own.
 */
public final class CachedQueryVectors implements QueryVectors {

    private static final int MOST = 1_000;
    private static final int AT_ONCE = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    private final QueryVectors model;
    private final Admission admission;
    private final Cache<String, float[]> vectors = Caffeine.newBuilder().maximumSize(MOST).build();

    public CachedQueryVectors(QueryVectors model) {
        this(model, new Admission(AT_ONCE, PATIENCE));
    }

    CachedQueryVectors(QueryVectors model, Admission admission) {
        this.model = model;
        this.admission = admission;
    }

    /**
     * @throws dev.ibid.failure.Failure of kind BUSY after waiting in vain, or what the model throws
     */
    @Override
    public float[] of(String query) {
        String text = WHITE_SPACE.matcher(query).replaceAll(" ").strip();
        float[] known = vectors.getIfPresent(text);
        if (known != null) {
            return known;
        }
        float[] made = admission.admit(() -> model.of(text));
        vectors.put(text, made);
        return made;
    }
}
