package dev.ibid.architecture;

import java.util.List;

/** A file or a method, and how many lines it has from its first to its last. */
record Measured(String name, long lines) {

    /** The length that the given share of all, from 0 to 1, does not exceed. */
    static long quantile(List<Measured> all, double share) {
        List<Long> lengths = all.stream().map(Measured::lines).sorted().toList();
        int rank = (int) Math.ceil(share * lengths.size());
        return lengths.get(Math.max(rank - 1, 0));
    }
}
