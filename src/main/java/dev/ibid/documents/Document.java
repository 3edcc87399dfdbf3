package dev.ibid.documents;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A document as its readers see it: the version that answers, and the one on its way if there is
 * one.
 *
 * @param version the version that the fields describe: the active one, or the newest while none is
 *     active
 * @param sha256 of the original, in lower-case hexadecimal
 * @param failure why {@code version} failed, or null
 * @param pending a newer version that is not ready yet (or failed), or null
 * @param pages null where the format has none, or it is not known yet
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Document(
        UUID id,
        String name,
        String mediaType,
        long bytes,
        String sha256,
        int version,
        UUID collectionId,
        VersionState state,
        @Nullable IngestionFailure failure,
        @Nullable Pending pending,
        @Nullable Integer pages,
        @Nullable Integer chunks,
        Progress progress,
        Instant createdAt,
        @Nullable Instant readyAt) {

    /** Whether some version of it is on its way to be ready. */
    boolean underWay() {
        return isWorking(state) || (pending != null && isWorking(pending.state()));
    }

    private static boolean isWorking(VersionState state) {
        return switch (state) {
            case QUEUED, PARSING, EMBEDDING -> true;
            case READY, FAILED -> false;
        };
    }

    /**
     * What went wrong with a version: a stable code and a sentence for the person who uploaded it.
     */
    public record IngestionFailure(String code, String detail) {}

    /** A version that does not answer yet. */
    public record Pending(
            int version,
            VersionState state,
            @Nullable IngestionFailure failure,
            Progress progress) {}

    /**
     * How far a version has come within its stage.
     *
     * @param stage null before the first and after the last
     * @param total 0 while it is not known
     */
    public record Progress(@Nullable String stage, int done, int total) {}
}
