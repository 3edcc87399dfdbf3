package dev.ibid.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEstimateTest {

    private static final Encoding OLDER =
            Encodings.newDefaultEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The quick brown fox jumps over the lazy dog, and nobody asks the dog what it"
                        + " thinks of that.",
                "Donaudampfschifffahrtsgesellschaftskapitän: eine Überprüfung der Äußerungen über"
                        + " Größenverhältnisse.",
                "Съешь же ещё этих мягких французских булок, да выпей чаю.",
                "人工智能是计算机科学的一个分支，它企图了解智能的实质。",
                "日本語の文章をトークンに分けると、文字数より多くなることがあります。",
                "الذكاء الاصطناعي هو سلوك وخصائص معينة تتسم بها البرامج الحاسوبية",
                "हिन्दी विश्व की एक प्रमुख भाषा है",
                "Η γρήγορη καφέ αλεπού πηδάει πάνω από το τεμπέλικο σκυλί",
                "2024-01-31;1.234,56;17,00;0.0001;999999999;12345678901234567890",
                "for (int i = 0; i < n; i++) { sum += a[i] * b[i] >> 2; } // {}[]()<>!?",
                "\uD83E\uDD8A\uD83D\uDC36\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 emoji"
                        + " \uD83C\uDDE9\uD83C\uDDEA",
                "SHOUTING AND CamelCaseIdentifiers_with_under_scores xqzjk wvprt"
            })
    void staysAboveWhatATokenizerCountsButNotAbsurdlySo(String text) {
        int counted = OLDER.countTokensOrdinary(text);

        assertThat(TokenEstimate.of(text)).isBetween(counted, counted * 4);
    }
}
