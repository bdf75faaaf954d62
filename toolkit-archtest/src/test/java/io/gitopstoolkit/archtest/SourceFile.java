package io.gitopstoolkit.archtest;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** One Java file, parsed by the compiler. */
final class SourceFile {
    private final String name;
    private final String text;
    private final List<String> longMethods = new ArrayList<>();
    private final List<String> undocumented = new ArrayList<>();
    private int methods;

    private SourceFile(String name, String text) {
        this.name = name;
        this.text = text;
    }

    static SourceFile read(Path file) {
        try {
            return parse(House.BASE.relativize(file).toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SourceFile parse(String name, String text) {
        var file = new SourceFile(name, text);
        var source = new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
        var task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, diagnostic -> {}, List.of("-proc:none"), null, List.of(source));
        DocTrees trees = DocTrees.instance(task);
        try {
            for (CompilationUnitTree unit : task.parse()) {
                file.new Scanner(trees, unit).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    String name() {
        return name;
    }

    String text() {
        return text;
    }

    int lines() {
        return (int) text.lines().count();
    }

    int methods() {
        return methods;
    }

    /** Methods of more lines than are allowed, each with its number. */
    List<String> longMethods() {
        return longMethods;
    }

    /** Public types and methods without Javadoc. */
    List<String> undocumented() {
        return undocumented;
    }

    private final class Scanner extends TreePathScanner<Void, Void> {
        private static final int MOST_LINES = 50;

        private final DocTrees trees;
        private final CompilationUnitTree unit;

        Scanner(DocTrees trees, CompilationUnitTree unit) {
            this.trees = trees;
            this.unit = unit;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            if (isVisible() && trees.getDocComment(getCurrentPath()) == null) {
                undocumented.add(name + ": " + type.getSimpleName());
            }
            super.visitClass(type, null);
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            methods++;
            long lines = line(trees.getSourcePositions().getEndPosition(unit, method))
                    - line(trees.getSourcePositions().getStartPosition(unit, method))
                    + 1;
            if (lines > MOST_LINES) {
                longMethods.add(name + ": " + method.getName() + ", " + lines + " lines");
            }
            boolean overrides = method.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
            if (!overrides && isVisible() && trees.getDocComment(getCurrentPath()) == null) {
                undocumented.add(name + ": " + method.getName());
            }
            super.visitMethod(method, null);
            return null;
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }

        /** Whether this, and all around it, is public, by word or as a member of an interface. */
        private boolean isVisible() {
            for (var path = getCurrentPath(); path.getLeaf() != unit; path = path.getParentPath()) {
                Tree tree = path.getLeaf();
                Tree parent = path.getParentPath().getLeaf();
                if (!(parent instanceof ClassTree) && parent != unit) {
                    return false;
                }
                if (!modifiers(tree).contains(Modifier.PUBLIC) && !isMemberOfInterface(tree, parent)) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isMemberOfInterface(Tree tree, Tree parent) {
            return (parent.getKind() == Tree.Kind.INTERFACE || parent.getKind() == Tree.Kind.ANNOTATION_TYPE)
                    && !modifiers(tree).contains(Modifier.PRIVATE);
        }

        private static Set<Modifier> modifiers(Tree tree) {
            if (tree instanceof ClassTree type) {
                return type.getModifiers().getFlags();
            }
            return tree instanceof MethodTree method ? method.getModifiers().getFlags() : Set.of();
        }
    }
}
