package dev.ibid.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DenseWeightTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Сколько стоит билет?",
                "租户什么时候搬出？",
                "契約はいつ終わりますか",
                "متى ينتهي العقد",
                "12345"
            })
    void leavesOtherScriptsToTheWordsWhereTheModelKnowsEnglishOnly(String query) {
        assertThat(DenseWeight.englishOnly().of(query)).isZero();
    }

    @Test
    void countsVectorsOfEnglishQuestions() {
        assertThat(DenseWeight.englishOnly().of("When does the contract end?")).isEqualTo(.4);
    }

    @Test
    void countsVectorsHalfWhereTheQuestionIsInAnotherLanguageOfLatinScript() {
        assertThat(DenseWeight.englishOnly().of("Wann endet der Vertrag mit dem Mieter?"))
                .isEqualTo(.2);
    }

    @Test
    void countsVectorsOfEachQuestionWhereTheModelKnowsAllLanguages() {
        assertThat(DenseWeight.anyLanguage().of("租户什么时候搬出？")).isEqualTo(.4);
    }
}
