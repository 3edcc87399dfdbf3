package dev.ibid.store.postgres;

import dev.ibid.json.Json;
import dev.ibid.knowledge.Chunk;
import dev.ibid.knowledge.EmbeddedChunk;

import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** How chunks and their vectors stand in rows; a vector is its floats in little-endian order. */
final class ChunkRows {

    private ChunkRows() {}

    static Chunk chunk(ResultSet row, StatementContext context) throws SQLException {
        return new Chunk(
                row.getObject("id", UUID.class),
                row.getObject("document_id", UUID.class),
                row.getInt("version"),
                row.getObject("collection_id", UUID.class),
                row.getInt("ordinal"),
                row.getInt("start_offset"),
                row.getInt("end_offset"),
                Rows.integer(row, "page"),
                row.getString("locator"),
                row.getString("heading"),
                row.getString("context"),
                places(row.getString("places")),
                row.getString("text"));
    }

    /** Most chunks have none, and a search reads many. */
    private static List<Chunk.Place> places(String json) {
        return json.equals("[]") ? List.of() : List.of(Json.read(json, Chunk.Place[].class));
    }

    /**
     * @param insert takes {@code :chunk}, {@code :fingerprint} and {@code :vector}
     */
    static void insertVectors(
            PreparedBatch insert, String fingerprint, List<EmbeddedChunk> chunks) {
        for (EmbeddedChunk embedded : chunks) {
            insert.bind("chunk", embedded.chunk().id())
                    .bind("fingerprint", fingerprint)
                    .bind("vector", bytes(embedded.vector()))
                    .add();
        }
        insert.execute();
    }

    private static byte[] bytes(float[] vector) {
        ByteBuffer bytes =
                ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return bytes.array();
    }

    static float[] vector(byte[] bytes) {
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }
}
