package io.gitopstoolkit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.api.FileTree.Entry;
import io.gitopstoolkit.api.FileTree.Kind;
import io.gitopstoolkit.api.FileTreeException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every tree of files, links or not. */
abstract class FileTreeContract {
    static final Map<String, String> PLAIN = Map.of(
            "README.md", "hello",
            "b.txt", "",
            "deploy/base/a b.yaml", "blank",
            "deploy/base/web.yaml", "web",
            "deploy/base-2/x", "x",
            "Z/z", "z");

    /** A tree of these files; {@code -> target} makes a link, {@code #!...} a file that can be executed. */
    abstract FileTree tree(Map<String, String> files);

    @Test
    void listsByName() {
        FileTree tree = tree(PLAIN);
        List<Entry> root = List.of(
                new Entry("README.md", Kind.FILE),
                new Entry("Z", Kind.DIRECTORY),
                new Entry("b.txt", Kind.FILE),
                new Entry("deploy", Kind.DIRECTORY));
        assertThat(tree.list("")).isEqualTo(root);
        assertThat(tree.list(".")).isEqualTo(root);
        assertThat(tree.list("deploy/..")).isEqualTo(root);
        assertThat(tree.list("deploy")).extracting(Entry::name).containsExactly("base", "base-2");
        assertThat(tree.list("deploy/base")).extracting(Entry::name).containsExactly("a b.yaml", "web.yaml");
        assertThatThrownBy(() -> tree.list("").clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void readsFiles() {
        FileTree tree = tree(PLAIN);
        assertThat(text(tree, "deploy/base/web.yaml")).isEqualTo("web");
        assertThat(text(tree, "deploy/base/a b.yaml")).isEqualTo("blank");
        assertThat(tree.size("README.md")).isEqualTo(5);
        assertThat(tree.size("b.txt")).isZero();
        assertThat(tree.read("b.txt")).isEmpty();
        assertThat(tree.digest("README.md")).isEqualTo(tree.digest("./README.md"));
        assertThat(tree.digest("README.md")).isNotEqualTo(tree.digest("b.txt"));
    }

    @Test
    void givesAFreshArray() {
        FileTree tree = tree(PLAIN);
        tree.read("README.md")[0] = 'j';
        assertThat(text(tree, "README.md")).isEqualTo("hello");
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "., ''",
        "./, ''",
        "deploy, deploy",
        "deploy/, deploy",
        "./deploy//base/, deploy/base",
        "deploy/base/../base-2/x, deploy/base-2/x",
        "deploy/.., ''",
        "deploy/base/../../README.md, README.md",
        "README.md, README.md",
        "./././README.md, README.md",
        "deploy/base/./a b.yaml, deploy/base/a b.yaml"
    })
    void resolvesDotsInside(String path, String real) {
        assertThat(tree(PLAIN).realPath(path)).isEqualTo(real);
        assertThat(tree(PLAIN).kind(path)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "missing",
                "missing/x",
                "deploy/missing",
                "readme.md",
                "README.md/x",
                "README.md/..",
                "README.md/../b.txt",
                "missing/..",
                "missing/../README.md",
                "deploy/base/web.yaml/x/y",
                "...",
                "deploy/base/ web.yaml",
                "~",
                "deploy\\base",
                "*"
            })
    void saysWhatIsNotThere(String path) {
        FileTree tree = tree(PLAIN);
        assertThat(tree.kind(path)).isEmpty();
        fails(() -> tree.read(path), Reason.NOT_FOUND, path);
        fails(() -> tree.list(path), Reason.NOT_FOUND, path);
        fails(() -> tree.realPath(path), Reason.NOT_FOUND, path);
        fails(() -> tree.size(path), Reason.NOT_FOUND, path);
        fails(() -> tree.digest(path), Reason.NOT_FOUND, path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "../x",
                "deploy/../..",
                "deploy/../../etc/passwd",
                "/",
                "/etc/passwd",
                "//etc/passwd",
                "./..",
                "missing/../..",
                "missing/../../etc/passwd",
                "README.md/../..",
                "README.md/x/../../../x",
                "a\u0000b",
                "deploy/\u0000",
                "/README.md",
                "../../../../../../../../etc/passwd"
            })
    void refusesToLeaveTheTree(String path) {
        FileTree tree = tree(PLAIN);
        fails(() -> tree.kind(path), Reason.ESCAPES, path);
        fails(() -> tree.read(path), Reason.ESCAPES, path);
        fails(() -> tree.list(path), Reason.ESCAPES, path);
        fails(() -> tree.realPath(path), Reason.ESCAPES, path);
    }

    @Test
    void tellsFilesFromDirectories() {
        FileTree tree = tree(PLAIN);
        fails(() -> tree.read("deploy"), Reason.WRONG_KIND, "deploy");
        fails(() -> tree.size(""), Reason.WRONG_KIND, "");
        fails(() -> tree.digest("deploy/base"), Reason.WRONG_KIND, "deploy/base");
        assertThatThrownBy(() -> tree.list("b.txt")).hasMessage("'b.txt' is a file, not a directory");
        assertThat(tree.kind("deploy")).contains(Kind.DIRECTORY);
        assertThat(tree.kind("b.txt")).contains(Kind.FILE);
    }

    @Test
    void hasADigestWhateverTheOrderOfItsMaking() {
        var names = new ArrayList<>(PLAIN.keySet());
        Digest digest = tree(PLAIN).contentDigest();
        for (int seed = 0; seed < 3; seed++) {
            Collections.shuffle(names, new Random(seed));
            var shuffled = new LinkedHashMap<String, String>();
            names.forEach(name -> shuffled.put(name, PLAIN.get(name)));
            assertThat(tree(shuffled).contentDigest()).isEqualTo(digest);
        }
    }

    @Test
    void hasADigestThatTellsEveryDifference() {
        assertThat(List.of(
                        tree(Map.of()),
                        tree(Map.of("a", "")),
                        tree(Map.of("a", "x")),
                        tree(Map.of("b", "x")),
                        tree(Map.of("a", "x", "b", "x")),
                        tree(Map.of("a/b", "x")),
                        tree(Map.of("ab", "x"))))
                .extracting(FileTree::contentDigest)
                .doesNotHaveDuplicates();
    }

    @Test
    void hasTheDigestOfEveryOtherTreeWithItsFiles() {
        assertThat(tree(PLAIN).contentDigest()).isEqualTo(FileTree.ofText(PLAIN).contentDigest());
    }

    static String text(FileTree tree, String path) {
        return new String(tree.read(path), StandardCharsets.UTF_8);
    }

    static void fails(ThrowingCallable call, Reason why, String path) {
        assertThatThrownBy(call).isInstanceOfSatisfying(FileTreeException.class, e -> {
            assertThat(e.why()).isEqualTo(why);
            assertThat(e.path()).isEqualTo(path);
            assertThat(e.retry()).isEqualTo(Retry.NEVER);
            assertThat(e).hasMessageContaining("'" + path + "'");
        });
    }
}
