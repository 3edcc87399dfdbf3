package dev.ibid.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ibid.extraction.ParseFailure.Code;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;

class TextEncodingTest {

    private static final Map<String, String> TEXTS =
            Map.ofEntries(
                    Map.entry("japanese", "昨日、駅前の小さな楽器店で中古のギターを見つけました。値段は三万円で、音も悪くないと思います。\n"),
                    Map.entry("simplified", "昨天我在车站附近的一家小乐器店里看到一把旧吉他，价钱不贵，声音也很好听。\n"),
                    Map.entry("traditional", "昨天我在車站附近的一家小樂器店裡看到一把舊吉他，價錢不貴，聲音也很好聽。\n"),
                    Map.entry("korean", "어제 역 앞의 작은 악기점에서 중고 기타를 보았습니다. 가격은 비싸지 않고 소리도 좋았습니다.\n"),
                    Map.entry(
                            "russian",
                            "Вчера в маленьком магазине у вокзала я увидел старую гитару. Стоила"
                                    + " она недорого, и звучала хорошо.\n"),
                    Map.entry(
                            "polish",
                            "Wczoraj w małym sklepie obok dworca zobaczyłem starą gitarę. Nie była"
                                    + " droga, a jej dźwięk był całkiem dobry, więc ją kupiłem.\n"),
                    Map.entry(
                            "czech",
                            "Včera jsem v malém obchodě u nádraží viděl starou kytaru. Nebyla drahá"
                                    + " a zněla dobře, takže jsem ji hned koupil.\n"),
                    Map.entry(
                            "german",
                            "Gestern sah ich in einem kleinen Geschäft am Bahnhof eine alte"
                                    + " Gitarre. Sie war nicht teuer und klang schön, für 50 €"
                                    + " natürlich.\n"),
                    Map.entry(
                            "french",
                            "Hier, dans une petite boutique près de la gare, j’ai vu une vieille"
                                    + " guitare. Elle n’était pas chère et sonnait très bien.\n"),
                    Map.entry(
                            "spanish",
                            "Ayer vi en una pequeña tienda junto a la estación una guitarra"
                                    + " antigua. No era cara y sonaba muy bien, así que la compré.\n"),
                    Map.entry(
                            "english",
                            "The old guitar wasn’t cheap — it cost £240 — but the owner said “it"
                                    + " sounds better than any new one” and he was right.\n"),
                    Map.entry(
                            "greek",
                            "Χθες είδα σε ένα μικρό κατάστημα κοντά στον σταθμό μια παλιά κιθάρα."
                                    + " Δεν ήταν ακριβή και ακουγόταν καλά. Άλλη δεν είδα.\n"),
                    Map.entry(
                            "turkish",
                            "Dün istasyonun yanındaki küçük bir dükkânda eski bir gitar gördüm."
                                    + " Pahalı değildi ve sesi çok güzeldi, ben de aldım.\n"),
                    Map.entry(
                            "hebrew",
                            "אתמול ראיתי בחנות קטנה ליד התחנה גיטרה ישנה. היא לא הייתה יקרה והצליל"
                                    + " שלה היה טוב מאוד, ולכן קניתי אותה.\n"),
                    Map.entry(
                            "arabic",
                            "رأيت أمس في متجر صغير قرب المحطة قيثارة قديمة. لم تكن غالية الثمن وكان"
                                    + " صوتها جميلا جدا، ولذلك اشتريتها.\n"),
                    Map.entry(
                            "lithuanian",
                            "Vakar mažoje parduotuvėje šalia stoties pamačiau seną gitarą.\n"),
                    Map.entry(
                            "thai",
                            "เมื่อวานฉันเห็นกีตาร์เก่าในร้านเล็กใกล้สถานี"
                                    + " ราคาไม่แพงและเสียงดีมาก\n"));

    @ParameterizedTest
    @CsvSource({
        "russian, UTF-8", "japanese, UTF-8", "german, UTF-16LE", "german, UTF-16BE",
        "german, UTF-32LE", "german, UTF-32BE", "russian, UTF-16LE", "russian, UTF-16BE",
        "japanese, UTF-16LE", "japanese, UTF-16BE", "japanese, UTF-32LE", "arabic, UTF-16BE",
        "korean, UTF-16LE", "greek, UTF-16LE",
    })
    void readsUnicodeWithAndWithoutAMark(String language, String charset) throws Exception {
        String text = TEXTS.get(language);
        byte[] bare = text.getBytes(charset);
        byte[] marked = ("\uFEFF" + text).getBytes(charset);

        assertThat(TextEncoding.decode(bare)).isEqualTo(text);
        assertThat(TextEncoding.decode(marked)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "japanese, Shift_JIS",
        "japanese, EUC-JP",
        "japanese, ISO-2022-JP",
        "korean, EUC-KR",
        "simplified, GB18030",
        "simplified, GBK",
        "traditional, Big5",
        "russian, windows-1251",
        "russian, KOI8-R",
        "russian, IBM866",
        "russian, ISO-8859-5",
        "polish, windows-1250",
        "polish, ISO-8859-2",
        "german, windows-1252",
        "french, windows-1252",
        "spanish, windows-1252",
        "english, windows-1252",
        "greek, windows-1253",
        "turkish, windows-1254",
        "hebrew, windows-1255",
        "arabic, windows-1256",
        "thai, x-windows-874",
    })
    void readsAParagraphInAnOlderEncoding(String language, String charset) throws Exception {
        String text = TEXTS.get(language).repeat(3);

        assertThat(TextEncoding.decode(text.getBytes(charset))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "japanese, Shift_JIS",
        "japanese, EUC-JP",
        "korean, EUC-KR",
        "simplified, GB18030",
        "traditional, Big5",
        "russian, windows-1251",
        "russian, KOI8-R",
        "russian, IBM866",
        "polish, windows-1250",
        "german, windows-1252",
        "greek, windows-1253",
        "turkish, windows-1254",
        "hebrew, windows-1255",
        "arabic, windows-1256",
        "lithuanian, windows-1257",
        "thai, x-windows-874",
        "german, IBM500",
        "english, IBM037",
        "german, IBM850",
        "german, IBM437",
        "polish, IBM852",
        "russian, ISO-8859-5",
        "traditional, x-EUC-TW",
        "korean, ISO-2022-KR",
        "czech, windows-1250",
        "czech, ISO-8859-2",
        "russian, KOI8-U",
        "lithuanian, ISO-8859-4",
        "turkish, IBM857",
    })
    void readsAnyStretchOfAnOlderEncodingRightlyOrRefusesIt(String language, String name) {
        Charset charset = Charset.forName(name);
        String text = new String(TEXTS.get(language).getBytes(charset), charset);
        StringBuilder wrong = new StringBuilder();

        for (int start = 0; start < text.length(); start += 3) {
            for (int length = 10; start + length <= text.length(); length += 7) {
                String part = text.substring(start, wordEnd(text, start + length));
                String read = readOrRefused(part.getBytes(charset));
                if (read != null && !read.equals(part) && !read.strip().equals(part.strip())) {
                    wrong.append(part).append(" -> ").append(read).append('\n');
                }
            }
        }

        assertThat(wrong.toString()).isEmpty();
    }

    @Test
    void refusesUtf8ThatIsDamaged() {
        byte[] bytes = TEXTS.get("russian").getBytes(StandardCharsets.UTF_8);
        bytes[21] = (byte) 0xFF;

        assertThat(failure(bytes).code()).isEqualTo(Code.ENCODING);
    }

    @Test
    void findsTheTellingLineLateInALongFile() throws Exception {
        String text = "plain words only\n".repeat(20_000) + TEXTS.get("french").repeat(3);

        assertThat(TextEncoding.decode(text.getBytes("windows-1252"))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 1000, 100_000})
    void refusesRandomBytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);

        assertThat(failure(bytes).code()).isEqualTo(Code.ENCODING);
    }

    @Test
    void keepsUtf8WithAStrayNul() throws Exception {
        String text = "a long enough line with one \0 in it and much after it";

        assertThat(TextEncoding.decode(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
    }

    private static int wordEnd(String text, int from) {
        int space = text.indexOf(' ', from);
        return space < 0 ? from : space;
    }

    private static @Nullable String readOrRefused(byte[] bytes) {
        try {
            return TextEncoding.decode(bytes);
        } catch (ParseFailure refused) {
            return null;
        }
    }

    private static ParseFailure failure(byte[] bytes) {
        return catchThrowableOfType(ParseFailure.class, () -> TextEncoding.decode(bytes));
    }
}
