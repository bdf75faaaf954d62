package io.gitopstoolkit.source.git;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What one generation of a cache holds; anything else in its directory does not count.
 *
 * @param packs in the order in which they came
 * @param commits those that are there with all their files, oldest first
 * @param shallow those whose parents are not there
 */
record CacheState(List<Pack> packs, List<ObjectId> commits, Set<ObjectId> shallow) {
    static final CacheState EMPTY = new CacheState(List.of(), List.of(), Set.of());

    private static final String FILE = "state";
    private static final String END = "end";
    /** More only lengthens what is told to the server. */
    private static final int MAX_TIPS = 16;

    /** A pack with its index, and how many bytes each has, so that a truncated one is noticed. */
    record Pack(String name, long packBytes, long indexBytes) {
        static Pack of(Path index) throws IOException {
            String file = index.getFileName().toString();
            String name = file.substring(0, file.length() - ".idx".length());
            return new Pack(name, Files.size(index.resolveSibling(name + ".pack")), Files.size(index));
        }
    }

    CacheState {
        packs = List.copyOf(packs);
        commits = List.copyOf(commits);
        shallow = Set.copyOf(shallow);
    }

    static CacheState read(Path generation) throws IOException {
        try {
            return parse(Files.readAllLines(generation.resolve(FILE), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return EMPTY;
        } catch (IllegalArgumentException | MalformedInputException e) {
            throw new DamagedCacheException("the list of what is in the cache is damaged", e);
        }
    }

    private static CacheState parse(List<String> lines) throws IOException {
        var packs = new ArrayList<Pack>();
        var commits = new ArrayList<ObjectId>();
        var shallow = new LinkedHashSet<ObjectId>();
        for (String line : lines.subList(0, Math.max(0, lines.size() - 1))) {
            String[] words = line.split(" ", -1);
            switch (words[0] + words.length) {
                case "pack4" -> packs.add(new Pack(words[1], Long.parseLong(words[2]), Long.parseLong(words[3])));
                case "commit2" -> commits.add(ObjectId.fromString(words[1]));
                case "shallow2" -> shallow.add(ObjectId.fromString(words[1]));
                default -> throw new IllegalArgumentException(line);
            }
        }
        if (lines.isEmpty() || !lines.get(lines.size() - 1).equals(END)) {
            throw new IllegalArgumentException("no end");
        }
        return new CacheState(packs, commits, shallow);
    }

    boolean has(ObjectId commit) {
        return commits.contains(commit);
    }

    /** The newest commits, which a server may build upon. */
    List<ObjectId> tips() {
        return commits.subList(Math.max(0, commits.size() - MAX_TIPS), commits.size());
    }

    CacheState with(List<Pack> nowPacks, ObjectId commit, Set<ObjectId> nowShallow) {
        var all = new LinkedHashSet<>(commits);
        all.remove(commit);
        all.add(commit);
        return new CacheState(nowPacks, List.copyOf(all), nowShallow);
    }

    /** Writes this, whole or not at all; under the lock. */
    void write(Path generation) throws IOException {
        var text = new StringBuilder();
        packs.forEach(pack -> append(text, "pack", pack.name(), pack.packBytes(), pack.indexBytes()));
        commits.forEach(id -> append(text, "commit", id.name()));
        shallow.stream().sorted().forEach(id -> append(text, "shallow", id.name()));
        append(text, END);
        replace(generation.resolve(FILE), text.toString());
    }

    private static void append(StringBuilder text, Object... words) {
        text.append(Arrays.stream(words).map(String::valueOf).collect(Collectors.joining(" ")))
                .append('\n');
    }

    static void replace(Path file, String text) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + "-" + UUID.randomUUID());
        Files.writeString(unfinished, text);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
