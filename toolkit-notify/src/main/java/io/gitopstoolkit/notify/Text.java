package io.gitopstoolkit.notify;

import io.gitopstoolkit.api.Event;
import java.util.Locale;

/** Text of events as receivers want it. */
final class Text {
    /** The longest message, as in Flux, in characters. */
    static final int MAX_MESSAGE = 39_000;

    private Text() {}

    /** The text, or where it is longer than {@code max} characters its beginning with an ellipsis, {@code max} in all. */
    static String limit(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 2)) ? max - 2 : max - 1;
        return text.substring(0, end) + '…';
    }

    /** The object of an event as Flux shows it: {@code kustomization/apps.flux-system}. */
    static String label(Event event) {
        String namespace = event.about().namespace();
        return event.about().kind().toLowerCase(Locale.ROOT)
                + '/'
                + event.about().name()
                + (namespace.isEmpty() ? "" : '.' + namespace);
    }
}
