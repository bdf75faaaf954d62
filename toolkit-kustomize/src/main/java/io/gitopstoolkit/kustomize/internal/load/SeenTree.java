package io.gitopstoolkit.kustomize.internal.load;

import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.api.FileTreeException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The files of a tree as one build sees them: each place is looked at once. What was seen tells later whether a build
 * would come out the same. Not safe for several threads.
 */
final class SeenTree implements FileTree {
    private final FileTree tree;
    private final @Nullable BuildCache cache;
    private final Map<String, Optional<Kind>> kinds = new HashMap<>();
    private final Map<String, FileTreeException> refused = new HashMap<>();
    private final Map<String, String> realPaths = new HashMap<>();
    private final Map<String, List<Entry>> listings = new HashMap<>();
    private final Map<String, FileContent> contents = new HashMap<>();
    private @Nullable Boolean hasIds;
    private boolean unsure;

    /**
     * Looks at a tree.
     *
     * @param cache of contents; null for none
     */
    SeenTree(FileTree tree, @Nullable BuildCache cache) {
        this.tree = tree;
        this.cache = cache;
    }

    /**
     * What a build saw.
     *
     * @param kinds of places, by path
     * @param refused paths out of the tree
     * @param realPaths where paths lead, by path
     * @param listings of directories, by path
     * @param contents which content each file had, by path
     */
    record Sight(
            Map<String, Optional<Kind>> kinds,
            Set<String> refused,
            Map<String, String> realPaths,
            Map<String, List<Entry>> listings,
            Map<String, Long> contents) {
        /** About how many bytes this takes in memory. */
        long weight() {
            return 200L * (kinds.size() + realPaths.size() + listings.size() + contents.size());
        }
    }

    @Override
    public Optional<Kind> kind(String path) {
        FileTreeException refusal = refused.get(path);
        if (refusal != null) {
            throw refusal;
        }
        Optional<Kind> kind = kinds.get(path);
        if (kind == null) {
            try {
                kind = tree.kind(path);
            } catch (FileTreeException e) {
                refused.put(path, e);
                throw e;
            }
            kinds.put(path, kind);
        }
        return kind;
    }

    @Override
    public String realPath(String path) {
        String known = realPaths.get(path);
        if (known == null) {
            known = surely(() -> tree.realPath(path));
            realPaths.put(path, known);
        }
        return known;
    }

    @Override
    public List<Entry> list(String directory) {
        List<Entry> known = listings.get(directory);
        if (known == null) {
            known = surely(() -> tree.list(directory));
            listings.put(directory, known);
        }
        return known;
    }

    @Override
    public byte[] read(String path) {
        return content(path).bytes().clone();
    }

    @Override
    public long size(String path) {
        FileContent content = contents.get(path);
        return content == null ? tree.size(path) : content.bytes().length;
    }

    @Override
    public Digest digest(String path) {
        return tree.digest(path);
    }

    @Override
    public Digest contentDigest() {
        return tree.contentDigest();
    }

    /** The content of a file. */
    FileContent content(String path) {
        FileContent content = contents.get(path);
        if (content == null) {
            content = surely(() -> cache == null ? new FileContent(tree.read(path), 0) : cached(cache, path));
            contents.put(path, content);
        }
        return content;
    }

    private FileContent cached(BuildCache known, String path) {
        if (!hasIds(known, path)) {
            return known.content(tree.read(path));
        }
        Digest id = tree.digest(path);
        FileContent content = known.content(id);
        if (content == null) {
            content = known.content(tree.read(path));
            known.add(id, content);
        }
        return content;
    }

    /**
     * Whether the tree knows digests of its own, as Git does. A plain SHA-256 is made from the bytes, which takes longer
     * than to read and compare them. Where nothing is cached yet there is no use in asking.
     */
    private boolean hasIds(BuildCache known, String path) {
        Boolean has = hasIds;
        if (has == null) {
            has = known.hasContents() && !tree.digest(path).algorithm().equals("sha256");
            hasIds = has;
        }
        return has;
    }

    /** What fails is not noted, and may be caught on the way: who has seen that cannot say what was seen. */
    private <T> T surely(Supplier<T> look) {
        boolean before = unsure;
        unsure = true;
        T seen = look.get();
        unsure = before;
        return seen;
    }

    /** What was seen so far; null where it cannot be said. */
    @Nullable
    Sight sight() {
        if (unsure) {
            return null;
        }
        var serials = new HashMap<String, Long>();
        contents.forEach((path, content) -> serials.put(path, content.serial()));
        return new Sight(
                Map.copyOf(kinds),
                Set.copyOf(refused.keySet()),
                Map.copyOf(realPaths),
                Map.copyOf(listings),
                Map.copyOf(serials));
    }

    /** Whether a build of this tree sees what another build saw. */
    boolean looksLike(Sight sight) {
        try {
            return holds(sight.kinds, this::kind)
                    && sight.refused.stream().allMatch(this::refuses)
                    && holds(sight.realPaths, this::realPath)
                    && holds(sight.listings, this::list)
                    && holds(sight.contents, path -> content(path).serial());
        } catch (FileTreeException | UncheckedIOException e) {
            unsure = false;
            return false;
        }
    }

    private static <T> boolean holds(Map<String, T> seen, Function<String, T> look) {
        for (Map.Entry<String, T> entry : seen.entrySet()) {
            if (!entry.getValue().equals(look.apply(entry.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private boolean refuses(String path) {
        try {
            kind(path);
            return false;
        } catch (FileTreeException e) {
            return true;
        }
    }
}
