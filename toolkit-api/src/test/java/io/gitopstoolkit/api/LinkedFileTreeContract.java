package io.gitopstoolkit.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.api.FileTree.Entry;
import io.gitopstoolkit.api.FileTree.Kind;
import io.gitopstoolkit.api.FileTreeException.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every tree of files with symbolic links and executable files, attacks included. */
abstract class LinkedFileTreeContract extends FileTreeContract {
    private static final Map<String, String> LINKS = links();

    private static Map<String, String> links() {
        var files = new LinkedHashMap<>(PLAIN);
        files.put("run.sh", "#!/bin/sh");
        files.put("to-file", "-> README.md");
        files.put("to-script", "-> run.sh");
        files.put("to-directory", "-> deploy");
        files.put("deploy/up", "-> ..");
        files.put("deploy/root", "-> ../.");
        files.put("deploy/base/sibling", "-> ../base-2/x");
        files.put("chain1", "-> chain2");
        files.put("chain2", "-> ./deploy/../to-directory/base/web.yaml");
        files.put("slash", "-> deploy/");
        files.put("dangling", "-> nowhere");
        files.put("dangling-deep", "-> dangling/x");
        files.put("loop", "-> loop");
        files.put("loop-a", "-> loop-b/x");
        files.put("loop-b", "-> loop-a");
        files.put("absolute", "-> /etc/passwd");
        files.put("absolute-root", "-> /");
        files.put("out", "-> ..");
        files.put("out-and-in", "-> ../in/README.md");
        files.put("deploy/out-deep", "-> ../../etc/passwd");
        files.put("out-by-nowhere", "-> nowhere/../../x");
        files.put("out-by-link", "-> deploy/up/../x");
        files.put("through-file", "-> README.md/x");
        return files;
    }

    @ParameterizedTest
    @CsvSource({
        "to-file, README.md",
        "to-script, run.sh",
        "to-directory, deploy",
        "to-directory/base/web.yaml, deploy/base/web.yaml",
        "to-directory/up/to-directory/base, deploy/base",
        "deploy/up, ''",
        "deploy/root/b.txt, b.txt",
        "deploy/base/sibling, deploy/base-2/x",
        "chain1, deploy/base/web.yaml",
        "slash/base, deploy/base",
        "to-directory/.., ''",
        "to-directory/base/../base-2/x, deploy/base-2/x",
        "deploy/up/README.md, README.md"
    })
    void followsLinksInside(String path, String real) {
        assertThat(tree(LINKS).realPath(path)).isEqualTo(real);
    }

    @Test
    void readsThroughLinks() {
        FileTree tree = tree(LINKS);
        assertThat(text(tree, "to-file")).isEqualTo("hello");
        assertThat(text(tree, "chain1")).isEqualTo("web");
        assertThat(tree.size("to-file")).isEqualTo(5);
        assertThat(tree.digest("to-file")).isEqualTo(tree.digest("README.md"));
        assertThat(tree.list("to-directory/base")).isEqualTo(tree.list("deploy/base"));
        assertThat(tree.kind("to-script")).contains(Kind.EXECUTABLE);
    }

    @Test
    void listsLinksAsWhatTheyLeadTo() {
        assertThat(tree(LINKS).list(""))
                .contains(
                        new Entry("to-file", Kind.FILE),
                        new Entry("to-script", Kind.EXECUTABLE),
                        new Entry("to-directory", Kind.DIRECTORY),
                        new Entry("chain1", Kind.FILE),
                        new Entry("dangling", Kind.SYMLINK),
                        new Entry("loop", Kind.SYMLINK),
                        new Entry("absolute", Kind.SYMLINK),
                        new Entry("out", Kind.SYMLINK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dangling", "dangling/x", "dangling-deep", "dangling/../README.md", "through-file"})
    void saysWhichLinksLeadNowhere(String path) {
        FileTree tree = tree(LINKS);
        assertThat(tree.kind(path)).isEmpty();
        fails(() -> tree.read(path), Reason.NOT_FOUND, path);
        fails(() -> tree.list(path), Reason.NOT_FOUND, path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "absolute", "absolute-root", "absolute-root/etc/passwd", "out", "out/x", "out-and-in",
                        "deploy/out-deep",
                "to-directory/out-deep", "out-by-nowhere", "out-by-link", "loop", "loop/x", "loop-a", "loop-b",
                "deploy/up/..", "to-directory/../..", "dangling/../.."
            })
    void refusesLinksThatLeaveTheTreeOrLoop(String path) {
        FileTree tree = tree(LINKS);
        fails(() -> tree.kind(path), Reason.ESCAPES, path);
        fails(() -> tree.read(path), Reason.ESCAPES, path);
        fails(() -> tree.list(path), Reason.ESCAPES, path);
    }

    @Test
    void followsFortyLinksAndNoMore() {
        var files = new LinkedHashMap<String, String>();
        files.put("l0", "end");
        for (int i = 1; i <= 41; i++) {
            files.put("l" + i, "-> l" + (i - 1));
        }
        FileTree tree = tree(files);
        assertThat(text(tree, "l40")).isEqualTo("end");
        fails(() -> tree.read("l41"), Reason.ESCAPES, "l41");
    }

    @Test
    void refusesLinksThatMultiply() {
        var files = new LinkedHashMap<String, String>();
        files.put("l0", "-> .");
        for (int i = 1; i <= 30; i++) {
            String below = "l" + (i - 1);
            files.put("l" + i, "-> " + below + "/" + below);
        }
        FileTree tree = tree(files);
        fails(() -> tree.kind("l30"), Reason.ESCAPES, "l30");
    }

    @Test
    void hasADigestOfLinksAsTextAndOfTheExecutableBit() {
        assertThat(List.of(
                        tree(Map.of("a", "x", "b", "x")),
                        tree(Map.of("a", "x", "b", "-> a")),
                        tree(Map.of("a", "x", "b", "-> ./a")),
                        tree(Map.of("a", "x", "b", "-> nowhere")),
                        tree(Map.of("a", "x", "b", "a")),
                        tree(Map.of("a", "#!x")),
                        tree(Map.of("a", "#x"))))
                .extracting(FileTree::contentDigest)
                .doesNotHaveDuplicates();
        assertThat(tree(LINKS).contentDigest()).isEqualTo(tree(LINKS).contentDigest());
    }
}
