package dev.ibid.store.lucene;

import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

import java.io.IOException;

/**
 * Lucene's own vector format without its limit of 1,024 floats, which is shorter than the vectors
 * of several models. What it writes is read by Lucene's.
 */
final class LongVectors extends KnnVectorsFormat {

    private static final int MOST_FLOATS = 4_096;

    private final KnnVectorsFormat lucene = new Lucene99HnswVectorsFormat();

    private LongVectors() {
        super("Lucene99HnswVectorsFormat");
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
        return lucene.fieldsWriter(state);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
        return lucene.fieldsReader(state);
    }

    @Override
    public int getMaxDimensions(String field) {
        return MOST_FLOATS;
    }

    static final class Codec extends Lucene104Codec {

        private final KnnVectorsFormat vectors = new LongVectors();

        @Override
        public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
            return vectors;
        }
    }
}
