package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an applier remembers between its calls, so as not to ask again: of each object that it applied a note, which is two
 * digests and no content; and the watch that is held, if any. Of more objects than its limit it forgets those that it has
 * not met for longest. Safe between threads.
 */
final class Memory {
    private static final int LIMIT = 20_000;

    private final Object lock = new Object();
    private final Map<ObjectRef, Note> notes;
    private volatile LiveObjects held = LiveObjects.NONE;
    private volatile Inventory inventory = Inventory.empty();

    Memory() {
        this(LIMIT);
    }

    Memory(int limit) {
        this.notes = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<ObjectRef, Note> eldest) {
                return size() > limit;
            }
        };
    }

    /**
     * What is remembered of one object.
     *
     * @param content the digest of what was sent
     * @param after the state of the object when it had been applied, or a dry run had shown that it need not be
     * @param ready whether it was healthy then
     */
    record Note(Digest content, Stamp after, boolean ready) {}

    /** The objects that a held watch sees; none where there is no watch. */
    LiveObjects held() {
        return held;
    }

    /** From now on {@code live} is asked first; {@link LiveObjects#NONE} ends it. */
    void hold(LiveObjects live) {
        this.held = live;
    }

    /** The inventory as it was last read or written. */
    Inventory inventory() {
        return inventory;
    }

    /** The inventory was read or written. */
    void owns(Inventory seen) {
        this.inventory = seen;
    }

    /** The note of an object, whatever content was applied. */
    Optional<Note> note(ObjectRef ref) {
        synchronized (lock) {
            return Optional.ofNullable(notes.get(ref));
        }
    }

    /** The note of a target, if the very same content was applied before. */
    Optional<Note> note(Target target) {
        @Nullable Note note;
        synchronized (lock) {
            note = notes.get(target.ref());
        }
        return Optional.ofNullable(note).filter(found -> found.content().equals(target.digest()));
    }

    /**
     * Notes that a target is as it should be.
     *
     * @param live the object then, managed fields included
     */
    void remember(Target target, Manifest live, String fieldManager, boolean ready) {
        var note = new Note(target.digest(), Stamp.of(live, fieldManager), ready);
        synchronized (lock) {
            notes.put(target.ref(), note);
        }
    }

    /** Forgets an object. */
    void forget(ObjectRef ref) {
        synchronized (lock) {
            notes.remove(ref);
        }
    }
}
