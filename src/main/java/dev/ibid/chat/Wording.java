package dev.ibid.chat;

import dev.ibid.text.Language;
import dev.ibid.text.LanguageGuess;

/**
 * What the server itself says in an answer, in the language of the question where that is one of
 * these.
 */
enum Wording {
    ENGLISH(
            "No language model is configured, so these are quotes from your documents:",
            "Your documents do not say anything about this."),
    GERMAN(
            "Es ist kein Sprachmodell eingerichtet; dies sind Zitate aus Ihren Dokumenten:",
            "Ihre Dokumente sagen dazu nichts."),
    FRENCH(
            "Aucun modèle de langage n’est configuré ; voici des citations de vos documents :",
            "Vos documents ne disent rien à ce sujet."),
    SPANISH(
            "No hay ningún modelo de lenguaje configurado; estas son citas de sus documentos:",
            "Sus documentos no dicen nada al respecto."),
    ITALIAN(
            "Nessun modello linguistico è configurato; queste sono citazioni dai Suoi documenti:",
            "I Suoi documenti non dicono nulla al riguardo."),
    DUTCH(
            "Er is geen taalmodel ingesteld; dit zijn citaten uit uw documenten:",
            "Uw documenten zeggen hier niets over."),
    RUSSIAN(
            "Языковая модель не настроена; вот цитаты из ваших документов:",
            "В ваших документах об этом ничего не сказано."),
    CHINESE("未配置语言模型，以下是您文档中的原文：", "您的文档中没有相关内容。"),
    JAPANESE("言語モデルが設定されていないため、文書からの引用を示します。", "お手元の文書にはこれについての記述がありません。");

    private final String quotes;
    private final String nothing;

    Wording(String quotes, String nothing) {
        this.quotes = quotes;
        this.nothing = nothing;
    }

    static Wording of(String question) {
        Language language = LanguageGuess.ofQuestion(question);
        return switch (language) {
            case GERMAN -> GERMAN;
            case FRENCH -> FRENCH;
            case SPANISH -> SPANISH;
            case ITALIAN -> ITALIAN;
            case DUTCH -> DUTCH;
            case RUSSIAN -> RUSSIAN;
            case CJK -> eastAsian(question);
            default -> ENGLISH;
        };
    }

    private static Wording eastAsian(String question) {
        if (question.codePoints().anyMatch(Wording::isKana)) {
            return JAPANESE;
        }
        boolean hangul =
                question.codePoints()
                        .anyMatch(letter ->
                                Character.UnicodeScript.of(letter)
                                        == Character.UnicodeScript.HANGUL);
        return hangul ? ENGLISH : CHINESE;
    }

    private static boolean isKana(int letter) {
        Character.UnicodeScript script = Character.UnicodeScript.of(letter);
        return script == Character.UnicodeScript.HIRAGANA
                || script == Character.UnicodeScript.KATAKANA;
    }

    /** Introduces quotes. */
    String quotes() {
        return quotes;
    }

    /** Nothing relevant was found. */
    String nothing() {
        return nothing;
    }
}
