package io.gitopstoolkit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.api.FileTree.Entry;
import io.gitopstoolkit.api.FileTree.Kind;
import io.gitopstoolkit.api.FileTreeException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryFileTreeTest extends LinkedFileTreeContract {
    @TempDir
    private Path parent;

    private int count;

    @Override
    FileTree tree(Map<String, String> files) {
        try {
            // What lies beside the tree must never be seen.
            Files.createDirectories(parent.resolve("in"));
            Files.writeString(parent.resolve("in/README.md"), "outside");
            Files.writeString(parent.resolve("x"), "outside");
            Path root = Files.createDirectory(parent.resolve("tree" + count++));
            for (Map.Entry<String, String> file : files.entrySet()) {
                write(root.resolve(file.getKey()), file.getValue());
            }
            return FileTree.directory(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** JUnit would warn of each link that leads out of its directory. */
    @AfterEach
    void deleteLinks() throws IOException {
        List<Path> links;
        try (Stream<Path> files = Files.walk(parent)) {
            links = files.filter(Files::isSymbolicLink).toList();
        }
        for (Path link : links) {
            Files.delete(link);
        }
    }

    @Test
    void leavesOutSpecialFiles() throws Exception {
        tree(Map.of("a", "x"));
        Path root = parent.resolve("tree0");
        try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(root.resolve("socket")));
            Files.createSymbolicLink(root.resolve("to-socket"), Path.of("socket"));
            FileTree tree = FileTree.directory(root);
            assertThat(tree.list("")).containsExactly(new Entry("a", Kind.FILE), new Entry("to-socket", Kind.SYMLINK));
            assertThat(tree.kind("socket")).isEmpty();
            fails(() -> tree.read("socket"), Reason.NOT_FOUND, "socket");
            fails(() -> tree.read("to-socket"), Reason.NOT_FOUND, "to-socket");
        }
    }

    @Test
    void keepsNamesOfEveryScriptThatTheMachineCanWrite() {
        // In the locale C, for one, the JDK cannot make such files.
        boolean able = Charset.forName(System.getProperty("sun.jnu.encoding"))
                .newEncoder()
                .canEncode("ä中");
        String name = able ? "ä 中" : "a b";
        FileTree tree = tree(Map.of(name + "/" + name, "x", "link", "-> " + name));
        assertThat(text(tree, "link/" + name)).isEqualTo("x");
        assertThat(tree.realPath("link")).isEqualTo(name);
        assertThat(tree.kind("missing ä中")).isEmpty();
    }

    @Test
    void seesContentAsItIsNow() throws Exception {
        FileTree tree = tree(Map.of("a", "x"));
        Files.writeString(parent.resolve("tree0/a"), "longer");
        assertThat(text(tree, "a")).isEqualTo("longer");
        assertThat(tree.size("a")).isEqualTo(6);
        Files.delete(parent.resolve("tree0/a"));
        fails(() -> tree.read("a"), Reason.NOT_FOUND, "a");
    }

    @Test
    void countsEmptyDirectoriesForNothing() throws Exception {
        FileTree tree = tree(Map.of("a", "x"));
        Digest digest = tree.contentDigest();
        Files.createDirectories(parent.resolve("tree0/empty/too"));
        assertThat(tree.contentDigest()).isEqualTo(digest);
        assertThat(tree.list("empty/too")).isEmpty();
    }

    @Test
    void mayItselfBeALink() throws Exception {
        tree(Map.of("a", "x"));
        Path link = Files.createSymbolicLink(parent.resolve("link"), Path.of("tree0"));
        assertThat(text(FileTree.directory(link), "a")).isEqualTo("x");
    }

    @Test
    void needsADirectory() throws Exception {
        Path file = Files.writeString(parent.resolve("file"), "");
        for (Path path : List.of(file, parent.resolve("missing"))) {
            assertThatThrownBy(() -> FileTree.directory(path))
                    .isInstanceOf(FileTreeException.class)
                    .hasMessage("'" + path + "' is not a directory");
        }
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        if (content.startsWith("-> ")) {
            Files.createSymbolicLink(file, Path.of(content.substring(3)));
            return;
        }
        Files.writeString(file, content);
        if (content.startsWith("#!")) {
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
    }
}
