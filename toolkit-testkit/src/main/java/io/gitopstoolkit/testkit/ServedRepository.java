package io.gitopstoolkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * A repository of a {@link GitServer}: bare, without a work tree, and empty at first. Its default branch is
 * {@code main}.
 *
 * <p>Commits are deterministic: the same edits give the same ids on every machine, for author and time are fixed, one
 * minute after the commit before. Safe between threads.
 */
public final class ServedRepository {
    static final String DEFAULT_BRANCH = "main";

    private static final String AUTHOR = "GitOps Toolkit";
    private static final String EMAIL = "toolkit@example.org";
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    private final Repository repository;
    private final URI uri;
    private Instant time = FIRST;

    ServedRepository(Repository repository, URI uri) {
        this.repository = repository;
        this.uri = uri;
    }

    /** The address to fetch from and push to, such as {@code http://127.0.0.1:40123/shop.git}. */
    public URI uri() {
        return uri;
    }

    /**
     * Commits text files onto {@code main}, beside those that are there.
     *
     * @return the id of the commit, 40 hexadecimal digits
     */
    public String commit(String message, Map<String, String> files) {
        Edit edit = edit(message);
        files.forEach(edit::file);
        return edit.commit();
    }

    /** Begins a commit. */
    public Edit edit(String message) {
        return new Edit(requireNonNull(message, "message"));
    }

    /** Creates the branch, or moves it wherever it was, to a commit. */
    public synchronized void branch(String name, String commit) {
        update(Constants.R_HEADS + name, ObjectId.fromString(commit));
    }

    /** Creates or moves a ref of any full name, such as {@code refs/pull/1/head}. */
    public synchronized void ref(String fullName, String commit) {
        update(fullName, ObjectId.fromString(commit));
    }

    /** Creates or moves a lightweight tag. */
    public synchronized void tag(String name, String commit) {
        update(Constants.R_TAGS + name, ObjectId.fromString(commit));
    }

    /** Creates or moves an annotated tag. */
    public synchronized void annotatedTag(String name, String commit, String message) {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            var tag = new TagBuilder();
            tag.setTag(name);
            tag.setMessage(message);
            tag.setTagger(person(nextTime()));
            tag.setObjectId(ObjectId.fromString(commit), Constants.OBJ_COMMIT);
            ObjectId id = inserter.insert(tag);
            inserter.flush();
            update(Constants.R_TAGS + name, id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Removes a ref.
     *
     * @param fullName such as {@code refs/heads/old}
     */
    public synchronized void removeRef(String fullName) {
        try {
            RefUpdate update = repository.updateRef(fullName);
            update.setForceUpdate(true);
            check(fullName, update.delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Repository repository() {
        return repository;
    }

    private Instant nextTime() {
        Instant now = time;
        time = time.plusSeconds(60);
        return now;
    }

    private static PersonIdent person(Instant when) {
        return new PersonIdent(AUTHOR, EMAIL, when, ZoneOffset.UTC);
    }

    private void update(String ref, ObjectId id) {
        try {
            RefUpdate update = repository.updateRef(ref);
            update.setNewObjectId(id);
            update.setForceUpdate(true);
            check(ref, update.update());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(String ref, RefUpdate.Result result) {
        switch (result) {
            case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {}
            default -> throw new IllegalStateException("could not update " + ref + ": " + result);
        }
    }

    /** A commit in the making. Not safe between threads. */
    public final class Edit {
        private final String message;
        private final List<DirCacheEditor.PathEdit> edits = new ArrayList<>();
        private final ObjectInserter inserter = repository.newObjectInserter();
        private String branch = DEFAULT_BRANCH;
        private @Nullable Instant when;

        private Edit(String message) {
            this.message = message;
        }

        /** On another branch than {@code main}; it begins with this commit if it is not there. */
        public Edit on(String name) {
            branch = requireNonNull(name, "name");
            return this;
        }

        /** At a time of its own. */
        public Edit at(Instant time) {
            when = requireNonNull(time, "time");
            return this;
        }

        /** With a text file, in UTF-8. */
        public Edit file(String path, String text) {
            return file(path, text.getBytes(UTF_8));
        }

        /** With a file. */
        public Edit file(String path, byte[] bytes) {
            return add(path, FileMode.REGULAR_FILE, bytes);
        }

        /** With a text file that can be executed. */
        public Edit executable(String path, String text) {
            return add(path, FileMode.EXECUTABLE_FILE, text.getBytes(UTF_8));
        }

        /** With a symbolic link. */
        public Edit symlink(String path, String target) {
            return add(path, FileMode.SYMLINK, target.getBytes(UTF_8));
        }

        /** Without a file, or without the files below a directory. */
        public Edit remove(String path) {
            edits.add(new DirCacheEditor.DeletePath(path));
            edits.add(new DirCacheEditor.DeleteTree(path));
            return this;
        }

        /**
         * Commits.
         *
         * @return the id of the commit, 40 hexadecimal digits
         */
        public String commit() {
            synchronized (ServedRepository.this) {
                try (inserter) {
                    ObjectId parent = repository.resolve(Constants.R_HEADS + branch);
                    var commit = new CommitBuilder();
                    commit.setTreeId(tree(parent));
                    if (parent != null) {
                        commit.setParentId(parent);
                    }
                    PersonIdent author = person(when == null ? nextTime() : when);
                    commit.setAuthor(author);
                    commit.setCommitter(author);
                    commit.setMessage(message);
                    ObjectId id = inserter.insert(commit);
                    inserter.flush();
                    update(Constants.R_HEADS + branch, id);
                    return id.name();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        private ObjectId tree(@Nullable ObjectId parent) throws IOException {
            DirCache files = DirCache.newInCore();
            try (ObjectReader reader = repository.newObjectReader();
                    RevWalk walk = new RevWalk(reader)) {
                if (parent != null) {
                    files = DirCache.read(reader, walk.parseCommit(parent).getTree());
                }
            }
            DirCacheEditor editor = files.editor();
            edits.forEach(editor::add);
            editor.finish();
            return files.writeTree(inserter);
        }

        private Edit add(String path, FileMode mode, byte[] bytes) {
            try {
                ObjectId blob = inserter.insert(Constants.OBJ_BLOB, bytes);
                edits.add(new DirCacheEditor.PathEdit(path) {
                    @Override
                    public void apply(DirCacheEntry entry) {
                        entry.setFileMode(mode);
                        entry.setObjectId(blob);
                    }
                });
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
