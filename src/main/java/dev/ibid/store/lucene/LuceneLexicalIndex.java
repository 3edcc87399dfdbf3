package dev.ibid.store.lucene;

import dev.ibid.knowledge.Chunk;
import dev.ibid.knowledge.Hit;
import dev.ibid.knowledge.LexicalIndex;
import dev.ibid.knowledge.Scope;
import dev.ibid.store.lucene.WordFields.Sought;
import dev.ibid.text.Language;
import dev.ibid.text.LanguageGuess;

import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.similarities.BM25Similarity;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** BM25 over the chunks, with the words of each language reduced to their stems. */
public final class LuceneLexicalIndex extends LuceneIndex implements LexicalIndex {

    /** To be raised whenever words are taken apart differently. */
    private static final String FORMAT = "words-2";

    /**
     * k1 and b: on Cranfield and NPL 1.2/.75 gives nDCG@10 .380 and .435, .9/.4 gives .364 and
     * .436.
     */
    private static final BM25Similarity BM25 = new BM25Similarity(1.2f, .75f);

    private static final int LEAST_CORPUS = 1_000;

    private final WordFields fields = new WordFields();

    /**
     * @param installation whose chunks these are; an index of another one is built anew
     */
    public LuceneLexicalIndex(Path folder, UUID installation) {
        super(
                new LuceneFolder(
                        folder,
                        FORMAT + " of " + installation,
                        () -> new IndexWriterConfig().setSimilarity(BM25)));
    }

    @Override
    public void upsert(List<Chunk> chunks) {
        Map<UUID, Language> ofDocument = languages(chunks);
        folder.write(writer -> {
            for (Chunk chunk : chunks) {
                writer.updateDocument(ChunkFields.id(chunk.id()), document(chunk, ofDocument));
            }
        });
    }

    @Override
    public List<Hit> search(String query, Scope scope, int limit) {
        Set<Sought> question = fields.sought(query);
        return folder.read(searcher -> {
            searcher.setSimilarity(BM25);
            Query within =
                    new BooleanQuery.Builder()
                            .add(LexicalQuery.of(question, searcher.getIndexReader()), Occur.MUST)
                            .add(ChunkFields.within(scope), Occur.FILTER)
                            .build();
            return ChunkFields.hits(searcher, searcher.search(within, limit), score -> score);
        });
    }

    @Override
    public Coverage coverage(String query) {
        Map<Sought, Double> weights = weights(fields.sought(query));
        double sought = weights.values().stream().mapToDouble(weight -> weight).sum();
        Language language = LanguageGuess.ofQuestion(query);
        return text -> {
            Set<Term> forms = fields.forms(text, EnumSet.of(language, LanguageGuess.of(text)));
            double covered = 0;
            for (Map.Entry<Sought, Double> word : weights.entrySet()) {
                covered += word.getKey().isAmong(forms) ? word.getValue() : 0;
            }
            return sought == 0 ? 0 : covered / sought;
        };
    }

    private Map<Sought, Double> weights(Set<Sought> question) {
        return folder.read(searcher -> {
            IndexReader reader = searcher.getIndexReader();
            Map<Sought, Double> weights = new LinkedHashMap<>();
            for (Sought word : question) {
                int documents = LexicalQuery.documents(word, reader);
                weights.put(word, inverseDocumentFrequency(documents, reader.numDocs()));
            }
            return weights;
        });
    }

    @Override
    public void close() {
        super.close();
        fields.close();
    }

    private Document document(Chunk chunk, Map<UUID, Language> ofDocument) {
        Language guess = LanguageGuess.of(chunk.text());
        Language language =
                guess == Language.OTHER
                        ? ofDocument.getOrDefault(chunk.documentId(), guess)
                        : guess;
        Document document = ChunkFields.of(chunk);
        fields.add(document, chunk.indexedText(), language);
        return document;
    }

    /** A table or a list of names rarely tells its language, but the chunks around it do. */
    private static Map<UUID, Language> languages(List<Chunk> chunks) {
        Map<UUID, Language> languages = new HashMap<>();
        chunks.stream()
                .collect(
                        Collectors.groupingBy(
                                Chunk::documentId,
                                Collectors.mapping(Chunk::text, Collectors.joining("\n"))))
                .forEach((document, text) -> languages.put(document, LanguageGuess.of(text)));
        return languages;
    }

    /**
     * As BM25 has it, but as if there were a thousand chunks at least: among a few, every word of a
     * question that is not found would outweigh those that are.
     */
    private static double inverseDocumentFrequency(int documents, int all) {
        int assumed = Math.max(all, LEAST_CORPUS);
        int within = Math.min(documents, assumed);
        return Math.log(1 + (assumed - within + .5) / (within + .5));
    }
}
