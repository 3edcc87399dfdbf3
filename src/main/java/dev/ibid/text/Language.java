package dev.ibid.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The languages, or families that are written alike, whose words are analysed in their own way.
 * Those in Latin script carry the function words and question words by which a text of that
 * language is known.
 */
public enum Language {
    ENGLISH(
            "the of and to in is that for it with as was on by this are from which not be or an were has have its",
            "what how when where who why many did does"),
    GERMAN(
            "der die das und ist nicht ein eine den dem des mit von für auf zu im sich auch als wird sind oder bei aus",
            "was wie wer wann wo welche welcher welches warum hat"),
    FRENCH(
            "le la les des et est une dans que qui pour par pas sur au aux avec du ce cette sont il elle ou ne",
            "quel quelle quels quelles comment quand où combien"),
    SPANISH(
            "el la los las de y que en un una por con para del se es su al como más fue entre son lo pero",
            "qué cuál cuáles cómo cuándo dónde quién cuántos cuántas cuánto"),
    ITALIAN(
            "il lo la gli le di e che un una per con del della dei nel nella è si sono da non come alla più",
            "quale quali cosa quando dove chi quanti quante quanto"),
    PORTUGUESE(
            "o a os as de e que em um uma por com para do da dos das no na não é se foi ao são mais",
            "qual quais quando onde quem quantos quantas quanto"),
    DUTCH(
            "de het een en van in is dat op te zijn voor met niet aan er om ook als bij door werd naar uit deze",
            "wat hoe wie wanneer waar welke hoeveel waarom"),
    SWEDISH(
            "och att det som en ett på är av för med den till inte har om från var eller sin kan men de",
            "vad hur vem när vilken vilket varför"),
    RUSSIAN,
    GREEK,
    ARABIC,
    HINDI,
    THAI,
    /**
     * Han, kana and hangul: written without spaces, or with endings that are not worth taking
     * apart.
     */
    CJK,
    /** Not known; words are taken as they stand. */
    OTHER;

    private final Set<String> functionWords;

    Language(String... functionWords) {
        this.functionWords =
                Arrays.stream(functionWords)
                        .flatMap(words -> Arrays.stream(words.split(" ")))
                        .collect(Collectors.toUnmodifiableSet());
    }

    public Set<String> functionWords() {
        return functionWords;
    }

    /** A short name that is stored with what was indexed, so it must not change. */
    public String code() {
        return name().substring(0, 3).toLowerCase(Locale.ROOT);
    }
}
