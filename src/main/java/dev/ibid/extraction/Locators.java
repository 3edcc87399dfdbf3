package dev.ibid.extraction;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Where a piece stands whose first and last blocks stand in different places. */
public final class Locators {

    private Locators() {}

    /** A range over both, the headings above both, or where the first stands. */
    public static @Nullable String over(@Nullable String first, @Nullable String last) {
        if (first == null || last == null || first.equals(last)) {
            return first;
        }
        NumberedRange from = NumberedRange.parse(first);
        NumberedRange to = NumberedRange.parse(last);
        if (from != null && to != null && from.noun().equals(to.noun())) {
            return from.to(to).toString();
        }
        String shared =
                shared(first.split(HeadingPath.SEPARATOR), last.split(HeadingPath.SEPARATOR));
        return shared.isEmpty() ? first : shared;
    }

    private static String shared(String[] one, String[] other) {
        List<String> shared = new ArrayList<>();
        for (int at = 0; at < Math.min(one.length, other.length); at++) {
            if (!one[at].equals(other[at])) {
                break;
            }
            shared.add(one[at]);
        }
        return String.join(HeadingPath.SEPARATOR, shared);
    }
}
