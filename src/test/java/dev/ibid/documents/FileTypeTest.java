package dev.ibid.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ibid.failure.Failure;
import dev.ibid.failure.Failure.Kind;
import dev.ibid.testing.SampleFiles;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

class FileTypeTest {

    private static final Set<FileType> ALL = EnumSet.allOf(FileType.class);

    @TempDir private Path folder;

    static Stream<Arguments> everyNameWithEveryContent() {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        contents.put("pdf", SampleFiles.pdf("Text."));
        contents.put("docx", SampleFiles.docx("Text."));
        contents.put("text", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        contents.put("zip", SampleFiles.zip("a.txt", new byte[9]));
        contents.put("png", SampleFiles.png());
        contents.put("exe", SampleFiles.exe());
        contents.put("html", "\n<!DOCTYPE html><p>x".getBytes(StandardCharsets.UTF_8));
        contents.put("doc", oldOffice());
        contents.put("xlsx", SampleFiles.xlsx());
        contents.put("noise", noise());
        return ALL.stream()
                .flatMap(type ->
                        contents.entrySet().stream()
                                .map(each -> Arguments.of(type, each.getKey(), each.getValue())));
    }

    @ParameterizedTest(name = "{1} named as {0}")
    @MethodSource("everyNameWithEveryContent")
    void acceptsAFileOnlyUnderTheNameOfItsKind(FileType type, String kind, byte[] content)
            throws IOException {
        boolean fits = kind.equals(type.isText() ? "text" : type.extension());

        Failure failure = failure("file." + type.extension(), null, content);

        assertThat(failure == null).isEqualTo(fits);
        assertThat(failure == null || failure.kind() == Kind.UNSUPPORTED_TYPE).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "application/octet-stream", "text/plain; charset=utf-8", "text/csv"})
    void acceptsTheTypesThatProgramsDeclareForMarkdown(String declared) throws IOException {
        assertThat(failure("x.md", declared, "# Title".getBytes(StandardCharsets.UTF_8))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "application/pdf", "text/html"})
    void refusesADeclaredTypeThatContradictsTheName(String declared) throws IOException {
        assertThat(failure("x.txt", declared, "text".getBytes(StandardCharsets.UTF_8)))
                .extracting(Failure::kind)
                .isEqualTo(Kind.UNSUPPORTED_TYPE);
    }

    @Test
    void refusesATypeThatIsNotAllowedAndSaysWhichAre() throws IOException {
        Path file = Files.write(folder.resolve("f"), "a,b".getBytes(StandardCharsets.UTF_8));

        Failure failure =
                catchThrowableOfType(
                        Failure.class,
                        () -> FileType.judge("x.csv", null, file, EnumSet.of(FileType.PDF)));

        assertThat(failure).hasMessageContaining("pdf").hasMessageNotContaining("csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"noextension", "x.exe", "x.", "", "pdf", "x.pdf.zip"})
    void refusesOtherNames(String name) throws IOException {
        assertThat(failure(name, null, SampleFiles.pdf("x"))).isNotNull();
    }

    @Test
    void saysThatAnEmptyFileIsEmpty() throws IOException {
        assertThat(failure("x.pdf", null, new byte[0]))
                .extracting(Failure::code)
                .isEqualTo("empty_file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "UTF-8", "windows-1251"})
    void takesTextInAnyEncodingForText(String charset) throws IOException {
        byte[] russian = "Старая гитара, недорого.\n".repeat(9).getBytes(Charset.forName(charset));

        assertThat(failure("x.txt", "text/plain", russian)).isNull();
    }

    @Test
    void takesAnEncryptedWordDocumentForOne() throws IOException {
        assertThat(failure("x.docx", null, SampleFiles.encryptedDocx("secret", "Text."))).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65_520, 65_536, 131_060, 5_000_000})
    void findsTheMarkOfAnEncryptedDocumentWhereverItStands(int at) throws IOException {
        byte[] mark = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);
        byte[] bytes = Arrays.copyOf(oldOffice(), at + 1024 + mark.length);
        System.arraycopy(mark, 0, bytes, at + 8, mark.length);

        assertThat(failure("x.docx", null, bytes)).isNull();
    }

    @Test
    void takesAWordDocumentThatWasCutOffForOne() throws IOException {
        byte[] whole = SampleFiles.docx("Text.");

        assertThat(failure("x.docx", null, Arrays.copyOf(whole, whole.length / 2))).isNull();
    }

    @Test
    void acceptsAPreambleBeforeAPdf() throws IOException {
        byte[] pdf = SampleFiles.pdf("Text.");
        byte[] preamble = "some bytes before\n".getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(preamble, preamble.length + pdf.length);
        System.arraycopy(pdf, 0, both, preamble.length, pdf.length);

        assertThat(failure("x.pdf", null, both)).isNull();
    }

    @Test
    void acceptsTextThatSpeaksOfPdf() throws IOException {
        String text = "Each file starts with %PDF- and a number.";

        assertThat(failure("x.txt", null, text.getBytes(StandardCharsets.UTF_8))).isNull();
    }

    @Test
    void knowsTypesByTheirNames() {
        assertThat(List.of("a.PDF", "b.tar.md", ".csv"))
                .map(name -> FileType.ofName(name).orElseThrow())
                .containsExactly(FileType.PDF, FileType.MD, FileType.CSV);
        assertThat(ALL)
                .allSatisfy(
                        type -> assertThat(FileType.ofMediaType(type.mediaType())).contains(type));
    }

    private @Nullable Failure failure(String name, @Nullable String declared, byte[] content)
            throws IOException {
        Path file = Files.write(folder.resolve("upload"), content);
        return catchThrowableOfType(Failure.class, () -> FileType.judge(name, declared, file, ALL));
    }

    private static byte[] noise() {
        byte[] bytes = new byte[4096];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static byte[] oldOffice() {
        return Arrays.copyOf(HexFormat.of().parseHex("d0cf11e0a1b11ae1"), 1024);
    }
}
