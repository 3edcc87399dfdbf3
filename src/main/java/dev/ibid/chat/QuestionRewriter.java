package dev.ibid.chat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a question that leans on the conversation stand alone, without a model. It leans on it when
 * it begins like "And ...", when it is short and points back with a word like "it" or "they", or
 * when it is only a word or two. It is then searched for together with the question it leans on,
 * and, where it points back, with names from what was quoted last. "What is the notice period?",
 * "And for managers?" becomes "What is the notice period? And for managers?".
 */
final class QuestionRewriter {

    private static final Set<String> OPENERS =
            Set.of(
                    "and",
                    "or",
                    "but",
                    "also",
                    "what about",
                    "how about",
                    "then",
                    "und",
                    "oder",
                    "aber",
                    "auch",
                    "et",
                    "ou",
                    "mais",
                    "y",
                    "o",
                    "pero",
                    "e",
                    "ma",
                    "а",
                    "и",
                    "en",
                    "of",
                    "maar");
    private static final Set<String> POINTERS =
            Set.of(
                    "it", "its", "they", "them", "their", "theirs", "this", "these", "those", "he",
                    "him", "his", "she", "her", "one", "ones", "er", "ihn", "ihm", "ihr", "ihre",
                    "dies", "diese", "dieser", "dieses", "davon", "dafür", "dazu", "dabei", "damit",
                    "darin", "elle", "elles", "ils", "leur", "leurs", "cela", "ça", "él", "ella",
                    "ellos", "ellas", "eso", "esto", "esa", "ese", "lui", "lei", "loro", "questo",
                    "questa", "hij", "zij", "hun", "dit", "deze", "он", "она", "они", "это", "его",
                    "её", "их");
    private static final Pattern EAST_ASIAN_OPENER =
            Pattern.compile("^(?:那么|那|还有|而|では|じゃあ|それで|そして).*");
    private static final Pattern EAST_ASIAN_POINTER =
            Pattern.compile(".*(?:它|他们|她们|其中|这个|那个|それ|これ|その|彼).*");
    private static final Pattern WORDS = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");
    private static final Pattern NAME = Pattern.compile("(?<=[\\p{Ll},] )\\p{Lu}[\\p{L}\\p{N}-]+");

    private static final int WORDS_THAT_POINT = 8;
    private static final int WORDS_THAT_LEAN = 2;
    private static final int LETTERS_THAT_LEAN = 4;
    private static final int MOST_BACK = 3;
    private static final int MOST_NAMES = 3;
    private static final int LONGEST = 600;

    private QuestionRewriter() {}

    /**
     * @param history oldest first
     */
    static String standalone(String question, List<Message> history) {
        List<Message> questions =
                history.stream().filter(message -> message.role() == Message.Role.USER).toList();
        List<String> parts = new ArrayList<>(List.of(question));
        for (int back = questions.size() - 1;
                back >= 0 && leans(parts.getFirst()) && parts.size() <= MOST_BACK;
                back--) {
            parts.addFirst(questions.get(back).content());
        }
        if (parts.size() > 1 && points(question)) {
            parts.addAll(names(history, String.join(" ", parts)));
        }
        String joined = String.join(" ", parts);
        return parts.size() == 1 || joined.length() <= LONGEST ? joined : question;
    }

    private static boolean leans(String question) {
        List<String> words = words(question);
        return opens(question, words) || points(question) || isFragment(question, words);
    }

    private static boolean opens(String question, List<String> words) {
        boolean opens =
                (!words.isEmpty() && OPENERS.contains(words.getFirst()))
                        || (words.size() > 1
                                && OPENERS.contains(words.get(0) + " " + words.get(1)));
        return opens || EAST_ASIAN_OPENER.matcher(question.strip()).matches();
    }

    private static boolean points(String question) {
        List<String> words = words(question);
        boolean points =
                words.size() <= WORDS_THAT_POINT && words.stream().anyMatch(POINTERS::contains);
        return points || EAST_ASIAN_POINTER.matcher(question).matches();
    }

    private static boolean isFragment(String question, List<String> words) {
        boolean ideographs = question.codePoints().anyMatch(Character::isIdeographic);
        return ideographs
                ? question.strip().length() <= LETTERS_THAT_LEAN
                : words.size() <= WORDS_THAT_LEAN;
    }

    /**
     * Words with a capital inside a sentence of the quotes of the last answer, which nobody has
     * mentioned.
     */
    private static Set<String> names(List<Message> history, String mentioned) {
        Set<String> names = new LinkedHashSet<>();
        List<Citation> last = history.isEmpty() ? List.of() : history.getLast().citations();
        for (Citation citation : last) {
            Matcher name = NAME.matcher(citation.quote());
            while (name.find() && names.size() < MOST_NAMES) {
                if (!mentioned.contains(name.group())) {
                    names.add(name.group());
                }
            }
        }
        return names;
    }

    private static List<String> words(String text) {
        return WORDS.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(java.util.regex.MatchResult::group)
                .toList();
    }
}
