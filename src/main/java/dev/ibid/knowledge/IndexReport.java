package dev.ibid.knowledge;

import java.util.ArrayList;
import java.util.List;

/**
 * What was found when the indexes were held against what they are copies of. All of it was
 * repaired, but for what {@code embedded} and {@code unfit} leave over.
 *
 * @param documents that are to be found
 * @param rewritten versions that were written anew, whatever was in the indexes
 * @param withoutVector chunks that had no vector of the model that answers
 * @param embedded of these, how many were embedded again
 */
public record IndexReport(
        int documents, int rewritten, int withoutVector, int embedded, List<Found> indexes) {

    /**
     * @param index its name
     * @param chunks that it holds now
     * @param missing chunks that it lacked
     * @param orphaned chunks that it held and should not have
     * @param unfit versions that it cannot take
     */
    public record Found(String index, long chunks, int missing, int orphaned, int unfit) {

        boolean sound() {
            return missing == 0 && orphaned == 0 && unfit == 0;
        }
    }

    public IndexReport {
        indexes = List.copyOf(indexes);
    }

    /** Whether there was nothing to repair. */
    public boolean sound() {
        return withoutVector == 0 && indexes.stream().allMatch(Found::sound);
    }

    /** Whether everything is as it should be now. */
    public boolean repaired() {
        return embedded == withoutVector && indexes.stream().allMatch(found -> found.unfit() == 0);
    }

    /** For whoever runs the server, a line each. */
    public List<String> inWords() {
        List<String> lines = new ArrayList<>();
        lines.add("Documents that can be found: " + documents);
        if (rewritten > 0) {
            lines.add("Written anew in each index: " + rewritten);
        }
        if (withoutVector > 0) {
            lines.add(
                    "Chunks without a vector of the embedding model: "
                            + withoutVector
                            + ", embedded again: "
                            + embedded);
        }
        indexes.forEach(found -> lines.add(inWords(found)));
        lines.add(outcome());
        return lines;
    }

    private static String inWords(Found found) {
        String held =
                "The "
                        + found.index()
                        + " index holds "
                        + found.chunks()
                        + " chunks; "
                        + found.missing()
                        + " were missing and "
                        + found.orphaned()
                        + " left over.";
        return found.unfit() == 0
                ? held
                : held + " It cannot take " + found.unfit() + " document versions.";
    }

    private String outcome() {
        if (sound()) {
            return "Nothing was to be repaired.";
        }
        return repaired()
                ? "All of it was repaired."
                : "Not all of it could be repaired; the server's log says why.";
    }
}
