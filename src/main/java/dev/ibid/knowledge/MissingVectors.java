package dev.ibid.knowledge;

import dev.ibid.failure.Failure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Embeds stored text again where a chunk has no vector of one fingerprint. What was made is kept at
 * once, so that whoever begins again goes on from there.
 */
public final class MissingVectors {

    private static final Logger log = LoggerFactory.getLogger(MissingVectors.class);
    private static final int BATCH = 16;
    private static final int MOST_TRIES = 10;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Contents contents;
    private final String fingerprint;
    private final PassageVectors model;

    /**
     * @param missing chunks that had no vector
     * @param made of these, how many have one now
     */
    record Made(int missing, int made) {}

    public MissingVectors(Contents contents, String fingerprint, PassageVectors model) {
        this.contents = contents;
        this.fingerprint = fingerprint;
        this.model = model;
    }

    /** As many as the model makes; what it cannot make now is left for the next time. */
    Made make(WorkProgress progress) {
        int missing = contents.countWithoutVector(fingerprint);
        int made = 0;
        try {
            for (List<Chunk> batch = next(missing - made);
                    !batch.isEmpty();
                    batch = next(missing - made)) {
                contents.keepVectors(fingerprint, embedded(batch));
                made += batch.size();
                progress.reached(made, missing);
            }
        } catch (Failure away) {
            log.warn(
                    "{} chunks have no vector and stay without: the model cannot be reached",
                    missing - made,
                    away);
        }
        return new Made(missing, made);
    }

    private List<Chunk> next(int left) {
        return left <= 0 ? List.of() : contents.withoutVector(fingerprint, Math.min(left, BATCH));
    }

    private List<EmbeddedChunk> embedded(List<Chunk> batch) {
        List<float[]> vectors = vectors(batch.stream().map(Chunk::indexedText).toList());
        List<EmbeddedChunk> embedded = new ArrayList<>();
        for (int at = 0; at < batch.size(); at++) {
            embedded.add(new EmbeddedChunk(batch.get(at), vectors.get(at)));
        }
        return embedded;
    }

    /** Documents that are being read come first; whoever has time waits for them. */
    private List<float[]> vectors(List<String> passages) {
        for (int attempt = 1; ; attempt++) {
            try {
                return model.of(passages);
            } catch (Failure busy) {
                if (attempt == MOST_TRIES || busy.kind() != Failure.Kind.BUSY) {
                    throw busy;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
