package dev.ibid.citations;

import dev.ibid.text.TextGate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lets an answer through as it is written and sees to it that each marker in it leads somewhere. A
 * marker is {@code [1]} or {@code [1, 2]}. Of its numbers those are kept that have a source; a
 * marker of which none is left is taken out, together with one space before it where the text
 * closes up behind it. Nothing else is taken out or held back: not code, not {@code \[1]}, not
 * other text in brackets. Line ends become LF. However the text is cut into pieces, the same text
 * comes out.
 *
 * <p>Not safe for use by many threads.
 */
public final class CitationCheck {

    /** Hears what comes out. */
    public interface Reader {

        /** Never with half a surrogate pair at its end. */
        void text(String text);

        /** After the text with its marker, once for each. */
        void cited(Citation citation);

        /** A number that was taken out. */
        void refused(Refusal refusal);
    }

    public enum Refusal {
        /** There is no such source. */
        UNKNOWN,
        /** The source does not stand in its document where it says. */
        BROKEN
    }

    private static final int LONGEST_MARKER = 40;
    private static final int LONGEST_CLAIM = 400;
    private static final Pattern MARKER = Pattern.compile("\\[ ?\\d{1,3}(?: ?, ?\\d{1,3})* ?]");
    private static final Pattern NOT_DIGITS = Pattern.compile("\\D+");
    private static final String CLOSES_UP =
            ".,;:!?)]}\u00BB\u201D\u3002\uFF0C\uFF1B\uFF1A\uFF01\uFF1F";

    private final Sources sources;
    private final Reader reader;
    private final CodeWatch code = new CodeWatch();
    private final Set<Integer> cited = new HashSet<>();
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder marker = new StringBuilder();
    private final StringBuilder claim = new StringBuilder();
    private boolean space;
    private boolean tookOut;
    private boolean escaped;
    private boolean afterReturn;

    public CitationCheck(Sources sources, Reader reader) {
        this.sources = sources;
        this.reader = reader;
    }

    public void write(String text) {
        for (int at = 0; at < text.length(); at++) {
            lineEndsMadeEqual(text.charAt(at));
        }
        flush(false);
    }

    /** Lets out what was held back in case it became a marker. */
    public void end() {
        giveUpMarker();
        if (space && !tookOut) {
            put(' ');
        }
        space = false;
        flush(true);
    }

    private void lineEndsMadeEqual(char next) {
        boolean secondHalf = next == '\n' && afterReturn;
        afterReturn = next == '\r';
        if (!secondHalf) {
            next(afterReturn ? '\n' : next);
        }
    }

    private void next(char next) {
        if (!marker.isEmpty()) {
            if (next == ']' && isMarker()) {
                judge();
                return;
            }
            if (mayContinueMarker(next)) {
                marker.append(next);
                return;
            }
            giveUpMarker();
        }
        if (next == '[' && !escaped && !code.inCode()) {
            marker.append(next);
        } else {
            plain(next);
        }
    }

    private boolean mayContinueMarker(char next) {
        boolean fits = (next >= '0' && next <= '9') || next == ',' || next == ' ';
        return fits && marker.length() < LONGEST_MARKER;
    }

    private boolean isMarker() {
        return MARKER.matcher(marker + "]").matches();
    }

    private void giveUpMarker() {
        String text = marker.toString();
        marker.setLength(0);
        for (int at = 0; at < text.length(); at++) {
            plain(text.charAt(at));
        }
    }

    private void judge() {
        String written = marker + "]";
        marker.setLength(0);
        List<Integer> numbers = numbers(written);
        List<Citation> kept = new ArrayList<>();
        numbers.forEach(
                number -> source(number).map(quote -> quote.citation(number)).ifPresent(kept::add));
        if (kept.isEmpty()) {
            tookOut = true;
        } else {
            keep(kept.size() == numbers.size() ? written : shown(kept), kept);
        }
    }

    private void keep(String shown, List<Citation> kept) {
        for (int at = 0; at < shown.length(); at++) {
            plain(shown.charAt(at));
        }
        flush(false);
        kept.stream().filter(citation -> cited.add(citation.marker())).forEach(reader::cited);
    }

    private Optional<Quote> source(int number) {
        Optional<Quote> quote = sources.behind(number, claim.toString());
        boolean holds = quote.map(Quote::holds).orElse(false);
        if (!holds) {
            reader.refused(quote.isPresent() ? Refusal.BROKEN : Refusal.UNKNOWN);
        }
        return quote.filter(found -> holds);
    }

    private void plain(char next) {
        boolean closesUp =
                tookOut && (Character.isWhitespace(next) || CLOSES_UP.indexOf(next) >= 0);
        if (space && !closesUp) {
            put(' ');
        }
        tookOut = false;
        space = next == ' ';
        if (!space) {
            put(next);
        }
        code.pass(next, escaped);
        escaped = next == '\\' && !escaped;
    }

    private void put(char next) {
        out.append(next);
        claim.append(next);
        if (next == '\n') {
            claim.setLength(0);
        } else if (claim.length() > LONGEST_CLAIM) {
            claim.deleteCharAt(0);
        }
    }

    private void flush(boolean whole) {
        boolean half = !out.isEmpty() && Character.isHighSurrogate(out.charAt(out.length() - 1));
        int end = half && !whole ? out.length() - 1 : out.length();
        if (end > 0) {
            reader.text(TextGate.clean(out.substring(0, end)));
            out.delete(0, end);
        }
    }

    private static List<Integer> numbers(String marker) {
        return NOT_DIGITS
                .splitAsStream(marker)
                .filter(digits -> !digits.isEmpty())
                .map(Integer::valueOf)
                .distinct()
                .toList();
    }

    private static String shown(List<Citation> kept) {
        return kept.stream()
                .map(Citation::marker)
                .map(String::valueOf)
                .collect(java.util.stream.Collectors.joining(", ", "[", "]"));
    }
}
