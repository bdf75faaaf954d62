package io.gitopstoolkit.source.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What one generation of a cache holds.
 *
 * @param commits those that are there with all their files, oldest first
 * @param shallow those whose parents are not there
 */
record CacheState(List<ObjectId> commits, Set<ObjectId> shallow) {
    private static final String FILE = "state";
    /** More only lengthens what is told to the server. */
    private static final int MAX_TIPS = 16;

    CacheState {
        commits = List.copyOf(commits);
        shallow = Set.copyOf(shallow);
    }

    static CacheState read(Path generation) throws IOException {
        var commits = new ArrayList<ObjectId>();
        var shallow = new LinkedHashSet<ObjectId>();
        try {
            for (String line : Files.readAllLines(generation.resolve(FILE), StandardCharsets.UTF_8)) {
                String id = line.substring(line.indexOf(' ') + 1);
                if (!ObjectId.isId(id)) {
                    throw new IOException("the state of the cache is damaged");
                }
                (line.startsWith("commit ") ? commits : shallow).add(ObjectId.fromString(id));
            }
        } catch (NoSuchFileException e) {
            return new CacheState(List.of(), Set.of());
        }
        return new CacheState(commits, shallow);
    }

    boolean has(ObjectId commit) {
        return commits.contains(commit);
    }

    /** The newest commits, which a server may build upon. */
    List<ObjectId> tips() {
        return commits.subList(Math.max(0, commits.size() - MAX_TIPS), commits.size());
    }

    CacheState with(ObjectId commit, Set<ObjectId> nowShallow) {
        var all = new LinkedHashSet<>(commits);
        all.remove(commit);
        all.add(commit);
        return new CacheState(List.copyOf(all), nowShallow);
    }

    /** Writes this, whole or not at all; under the lock. */
    void write(Path generation) throws IOException {
        var text = new StringBuilder();
        commits.forEach(id -> text.append("commit ").append(id.name()).append('\n'));
        shallow.stream()
                .sorted()
                .forEach(id -> text.append("shallow ").append(id.name()).append('\n'));
        replace(generation.resolve(FILE), text.toString());
    }

    static void replace(Path file, String text) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + "-" + UUID.randomUUID());
        Files.writeString(unfinished, text);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
