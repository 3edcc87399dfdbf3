package dev.ibid.models;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;

import java.util.List;

/**
 * An embedder of ours where langchain4j asks for a model of its own; every text is taken for a
 * passage.
 */
public record EmbedderModel(Embedder embedder) implements EmbeddingModel {

    @Override
    public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
        List<String> texts = segments.stream().map(TextSegment::text).toList();
        return Response.from(embedder.embedPassages(texts).stream().map(Embedding::from).toList());
    }

    @Override
    public int dimension() {
        return embedder.fingerprint().dimension();
    }
}
