package dev.ibid.citations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentencesTest {

    @Test
    void aSentenceThatRunsOverALineEndStaysWhole() {
        var sentences =
                Passages.sentences(
                        Passages.of("a", "The notice period is\nfour weeks. It starts\nat once."));

        assertThat(sentences)
                .containsExactly("The notice period is\nfour weeks.", "It starts\nat once.");
    }

    @Test
    void abbreviationsAndOrdinalsEndNothing() {
        var sentences =
                Passages.sentences(
                        Passages.of(
                                "a",
                                "Nach § 622 Abs. 1 BGB gilt das z. B. ab dem 1. Januar. Danach nicht. See Mr. Smith, no. 4 there."));

        assertThat(sentences)
                .containsExactly(
                        "Nach § 622 Abs. 1 BGB gilt das z. B. ab dem 1. Januar.",
                        "Danach nicht.",
                        "See Mr. Smith, no. 4 there.");
    }

    @Test
    void headingsItemsAndParagraphsStandAlone() {
        var sentences =
                Passages.sentences(
                        Passages.underHeading(
                                "a",
                                "Leaving",
                                "Leaving\nHand in:\n- the keys\n- the card\n\nThank you"));

        assertThat(sentences)
                .containsExactly("Leaving", "Hand in:", "- the keys", "- the card", "Thank you");
    }

    @Test
    void eachRowOfATableStandsAlone() {
        var sentences = Passages.sentences(Passages.rows("a", "name,weeks", "Ada,4\nEve,12\n"));

        assertThat(sentences).containsExactly("Ada,4", "Eve,12");
    }

    @Test
    void chineseAndJapaneseSentencesEndWithoutSpaces() {
        var sentences = Passages.sentences(Passages.of("a", "通知期为四周。经理为三个月。通知期間は4週間です。管理職は3ヶ月です。"));

        assertThat(sentences).containsExactly("通知期为四周。", "经理为三个月。", "通知期間は4週間です。", "管理職は3ヶ月です。");
    }
}
