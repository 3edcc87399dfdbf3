package dev.ibid.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageGuessTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENGLISH | The contract ends when the tenant moves out of the house.",
                "GERMAN | Der Vertrag endet, wenn der Mieter aus dem Haus auszieht und die Wohnung leer ist.",
                "FRENCH | Le contrat prend fin quand le locataire quitte la maison avec une lettre.",
                "SPANISH | El contrato termina cuando el inquilino se muda de la casa por su cuenta.",
                "ITALIAN | Il contratto finisce quando il locatario lascia la casa per una nuova che è della madre.",
                "PORTUGUESE | O contrato termina quando o inquilino não mora mais na casa que era do pai.",
                "DUTCH | Het contract eindigt wanneer de huurder uit het huis gaat en niet meer op het adres is.",
                "SWEDISH | Avtalet upphör när hyresgästen flyttar från huset och det är till salu på en gång.",
                "RUSSIAN | Договор заканчивается, когда арендатор выезжает.",
                "GREEK | Η σύμβαση λήγει όταν ο ενοικιαστής φεύγει.",
                "ARABIC | ينتهي العقد عندما ينتقل المستأجر",
                "HINDI | किरायेदार के जाने पर अनुबंध समाप्त होता है",
                "THAI | สัญญาสิ้นสุดเมื่อผู้เช่าย้ายออก",
                "CJK | 租户搬出时合同终止",
                "CJK | 契約は終了します",
                "CJK | 계약은 종료됩니다",
                "OTHER | 2024-11-21 12,50",
                "OTHER | Müller Meier Schmidt Berlin Hamburg",
            })
    void tellsTheLanguageOfAPassage(Language language, String text) {
        assertThat(LanguageGuess.of(text)).isEqualTo(language);
    }

    @Test
    void takesAChineseTextWithNamesInLatinScriptForChinese() {
        assertThat(LanguageGuess.of("用户可以在 Kubernetes 集群中部署 PostgreSQL 数据库"))
                .isEqualTo(Language.CJK);
    }

    @Test
    void isBolderWithAQuestion() {
        String question = "Kündigungsfrist im Mietvertrag";

        assertThat(LanguageGuess.of(question)).isEqualTo(Language.OTHER);
        assertThat(LanguageGuess.ofQuestion(question)).isEqualTo(Language.GERMAN);
    }
}
