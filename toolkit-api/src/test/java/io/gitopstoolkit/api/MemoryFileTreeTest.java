package io.gitopstoolkit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryFileTreeTest extends FileTreeContract {
    @Override
    FileTree tree(Map<String, String> files) {
        return FileTree.ofText(files);
    }

    @Test
    void copiesTheBytes() {
        byte[] bytes = {1, 2};
        var files = new HashMap<>(Map.of("a", bytes));
        FileTree tree = FileTree.of(files);
        bytes[0] = 9;
        files.clear();
        assertThat(tree.read("a")).containsExactly(1, 2);
    }

    @Test
    void keepsNamesOfEveryScript() {
        FileTree tree = FileTree.ofText(Map.of("ä/中 文.yaml", "ü", "-x", "", "..a", "", "a..", ""));
        assertThat(text(tree, "ä/中 文.yaml")).isEqualTo("ü");
        assertThat(tree.list("")).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "/a", "a/", "a//b", ".", "..", "./a", "a/./b", "a/../b", "../a", "a\u0000b", "a/\u0000"
            })
    void refusesPathsThatAreNotPlain(String path) {
        assertThatThrownBy(() -> FileTree.ofText(Map.of(path, "x"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAFileThatIsADirectoryToo() {
        var files = new LinkedHashMap<String, String>();
        files.put("a/b", "x");
        files.put("a", "x");
        assertThatThrownBy(() -> FileTree.ofText(files))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'a' is both a file and a directory");
        files.clear();
        files.put("a", "x");
        files.put("a/b/c", "x");
        assertThatThrownBy(() -> FileTree.ofText(files))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'a' is both a file and a directory");
    }
}
