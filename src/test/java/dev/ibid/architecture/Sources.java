package dev.ibid.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What the compiler's own parser says of the length of files and methods. */
record Sources(List<Measured> files, List<Measured> methods) {

    static Sources under(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            return parse(paths.filter(path -> path.toString().endsWith(".java")).sorted().toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Sources parse(List<Path> paths) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Measured> files = new ArrayList<>();
        List<Measured> methods = new ArrayList<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    manager,
                                    null,
                                    null,
                                    null,
                                    manager.getJavaFileObjectsFromPaths(paths));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                files.add(file(unit));
                methodsOf(unit, positions, methods);
            }
        }
        return new Sources(files, methods);
    }

    private static Measured file(CompilationUnitTree unit) throws IOException {
        String text = unit.getSourceFile().getCharContent(true).toString();
        return new Measured(unit.getSourceFile().getName(), text.lines().count());
    }

    private static void methodsOf(
            CompilationUnitTree unit, SourcePositions positions, List<Measured> methods) {
        LineMap lines = unit.getLineMap();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethod(MethodTree method, Void nothing) {
                if (method.getBody() != null) {
                    long first = lines.getLineNumber(positions.getStartPosition(unit, method));
                    long last = lines.getLineNumber(positions.getEndPosition(unit, method));
                    String name = unit.getSourceFile().getName() + "#" + method.getName();
                    methods.add(new Measured(name, last - first + 1));
                }
                return super.visitMethod(method, nothing);
            }
        }.scan(unit, null);
    }
}
