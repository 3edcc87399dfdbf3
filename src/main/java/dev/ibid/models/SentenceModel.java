package dev.ibid.models;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * A BERT-like encoder in an ONNX file: tokens in, one vector of Euclidean length 1 out, the mean
 * over all tokens.
 *
 * <p>One text a call: in a quantised model the scales span the batch, so a vector would depend on
 * its neighbours. One native thread a call: the callers' threads are the parallelism, and any
 * number of them may share the session.
 */
final class SentenceModel implements AutoCloseable {

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final int dimension;

    SentenceModel(OrtEnvironment environment, byte[] model, int dimension) throws OrtException {
        this.environment = environment;
        this.dimension = dimension;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            // A pattern is kept for each length of input; lengths here are all different.
            options.setMemoryPatternOptimization(false);
            this.session = environment.createSession(model, options);
        }
    }

    float[] vector(long[] tokens) throws OrtException {
        long[] attention = new long[tokens.length];
        Arrays.fill(attention, 1);
        try (OnnxTensor ids = row(tokens);
                OnnxTensor mask = row(attention);
                OnnxTensor types = row(new long[tokens.length]);
                OrtSession.Result result =
                        session.run(
                                Map.of(
                                        "input_ids",
                                        ids,
                                        "attention_mask",
                                        mask,
                                        "token_type_ids",
                                        types))) {
            OnnxTensor states = (OnnxTensor) result.get(0);
            return unit(sum(states.getFloatBuffer(), tokens.length));
        }
    }

    private OnnxTensor row(long[] values) throws OrtException {
        return OnnxTensor.createTensor(
                environment, LongBuffer.wrap(values), new long[] {1, values.length});
    }

    /**
     * @param states one row of {@code dimension} floats for each token
     */
    private float[] sum(FloatBuffer states, int tokens) {
        float[] sum = new float[dimension];
        float[] state = new float[dimension];
        for (int token = 0; token < tokens; token++) {
            states.get(state);
            for (int i = 0; i < dimension; i++) {
                sum[i] += state[i];
            }
        }
        return sum;
    }

    /** Of a sum rather than a mean: both point the same way. */
    private static float[] unit(float[] vector) {
        double squares = 0;
        for (float x : vector) {
            squares += (double) x * x;
        }
        double length = Math.sqrt(squares);
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / length);
        }
        return vector;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException failed) {
            throw new IllegalStateException("The embedding model could not be closed", failed);
        }
    }
}
