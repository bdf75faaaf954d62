package io.gitopstoolkit.source.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gitopstoolkit.api.Artifact;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.api.FileTree.Entry;
import io.gitopstoolkit.api.FileTree.Kind;
import io.gitopstoolkit.testkit.ServedRepository;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the tests of this package share. */
final class GitTests {
    static final GitReference MAIN = new GitReference.Branch("main");

    private GitTests() {}

    static Deadline in30Seconds() {
        return Deadline.after(Duration.ofSeconds(30));
    }

    static GitSource.Builder main(ServedRepository repository) {
        return GitSource.builder(repository.uri()).reference(MAIN);
    }

    static Artifact fetch(GitSource source) {
        return source.fetch(source.resolve(in30Seconds()), in30Seconds());
    }

    static String text(FileTree files, String path) {
        return new String(files.read(path), UTF_8);
    }

    /** Every path that is no directory, sorted. */
    static List<String> paths(FileTree files) {
        var paths = new ArrayList<String>();
        add(files, "", paths);
        return paths.stream().sorted().toList();
    }

    private static void add(FileTree files, String directory, List<String> paths) {
        for (Entry entry : files.list(directory)) {
            String path = directory.isEmpty() ? entry.name() : directory + '/' + entry.name();
            if (entry.kind() == Kind.DIRECTORY) {
                add(files, path, paths);
            } else {
                paths.add(path);
            }
        }
    }
}
