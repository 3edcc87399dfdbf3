package dev.ibid.models;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Loads the native halves of onnxruntime and of the tokenizer from files under one folder of ours,
 * so that neither needs a home directory or leaves files behind in the temporary one. Each is
 * loaded once in a process: a second folder has no effect.
 */
final class NativeLibraries {

    private static final String ONNXRUNTIME_FOLDER = "onnxruntime.native.path";

    private static @Nullable OrtEnvironment environment;

    private NativeLibraries() {}

    /**
     * Must run before the first use of the tokenizer library, which reads these properties once.
     */
    static void prepareTokenizer(Path cacheDir) {
        System.setProperty("DJL_CACHE_DIR", cacheDir.toString());
        // Otherwise the library asks the cloud's metadata address who runs it, and looks for a GPU
        // build to download.
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
    }

    static synchronized OrtEnvironment onnxruntime(Path cacheDir) throws IOException {
        OrtEnvironment loaded = environment;
        if (loaded == null) {
            loaded = loadOnnxruntime(Files.createDirectories(cacheDir.toAbsolutePath()));
            environment = loaded;
        }
        return loaded;
    }

    /**
     * A loaded library needs its file no more, so the files go at once and a killed process leaves
     * none.
     */
    private static OrtEnvironment loadOnnxruntime(Path cacheDir) throws IOException {
        Path folder = Files.createTempDirectory(cacheDir, "onnxruntime-");
        List<Path> libraries =
                List.of(
                        folder.resolve(System.mapLibraryName("onnxruntime")),
                        folder.resolve(System.mapLibraryName("onnxruntime4j_jni")));
        try {
            for (Path library : libraries) {
                unpack(library);
            }
            System.setProperty(ONNXRUNTIME_FOLDER, folder.toString());
            return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "ibid");
        } finally {
            System.clearProperty(ONNXRUNTIME_FOLDER);
            for (Path library : libraries) {
                Files.deleteIfExists(library);
            }
            Files.delete(folder);
        }
    }

    private static void unpack(Path library) throws IOException {
        String resource = "/ai/onnxruntime/native/" + platform() + "/" + library.getFileName();
        try (InputStream packed = OrtEnvironment.class.getResourceAsStream(resource)) {
            if (packed == null) {
                throw new IOException("onnxruntime has no library for " + platform());
            }
            Files.copy(packed, library);
        }
    }

    private static String platform() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch", "");
        return (system.startsWith("mac") ? "osx" : system)
                + "-"
                + (processor.equals("amd64") ? "x64" : processor);
    }
}
