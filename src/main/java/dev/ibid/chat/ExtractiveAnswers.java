package dev.ibid.chat;

import dev.ibid.knowledge.LexicalIndex;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Answers without a model: with the sentences of the documents that fit the question best, word for
 * word, and labelled as that.
 */
public final class ExtractiveAnswers implements Answerer {

    public static final String NAME = "extractive";

    /**
     * Brackets in a document that would be taken for a marker of ours, and the backslashes that
     * would undo the escaping.
     */
    private static final Pattern LIKE_A_MARKER =
            Pattern.compile("\\\\*\\[(?= ?\\d{1,3}+(?: ?, ?\\d{1,3}+)*+ ?])");

    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    private final QuoteChoice choice;

    public ExtractiveAnswers(LexicalIndex words) {
        this.choice = new QuoteChoice(words);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public End answer(Question question, Draft draft) {
        Wording wording = Wording.of(question.asked());
        List<Quote> quotes = choice.of(question);
        draft.citing((marker, claim) ->
                marker >= 1 && marker <= quotes.size()
                        ? Optional.of(quotes.get(marker - 1))
                        : Optional.empty());
        if (quotes.isEmpty()) {
            draft.write(wording.nothing());
        } else {
            draft.write(wording.quotes());
            writeQuotes(quotes, draft);
        }
        return new End(true, null);
    }

    private static void writeQuotes(List<Quote> quotes, Draft draft) {
        @Nullable UUID document = null;
        for (int at = 0; at < quotes.size(); at++) {
            Quote quote = quotes.get(at);
            if (!quote.passage().chunk().documentId().equals(document)) {
                document = quote.passage().chunk().documentId();
                draft.write(
                        "\n\n**"
                                + shown(quote.passage().documentName()).replace("*", "\\*")
                                + "**");
            }
            draft.write("\n\n> " + shown(quote.text()) + " [" + (at + 1) + "]");
        }
    }

    /** On one line, and so that nothing in it acts as a marker or as code. */
    private static String shown(String text) {
        String line = WHITE_SPACE.matcher(text).replaceAll(" ").strip();
        String harmless =
                LIKE_A_MARKER
                        .matcher(line)
                        .replaceAll(found -> {
                            int backslashes = found.group().length() - 1;
                            return "\\\\".repeat(2 * backslashes + 1) + "[";
                        });
        return harmless.replace("`", "\\`");
    }
}
