/**
 * Tells people and systems what a delivery did, in the wire formats of Flux's notification-controller.
 *
 * <p>Each sink is an {@link io.gitopstoolkit.api.EventSink} of its own: {@link io.gitopstoolkit.notify.WebhookSink},
 * {@link io.gitopstoolkit.notify.SlackSink}. They send over an {@link io.gitopstoolkit.notify.HttpTransport}, which
 * tries again where that can help. A {@link io.gitopstoolkit.notify.Dispatcher} takes events to several sinks, each
 * behind an {@link io.gitopstoolkit.notify.EventFilter} and a {@link io.gitopstoolkit.notify.RateLimit}. What does not
 * arrive is a {@link io.gitopstoolkit.notify.NotifyException}.
 */
@NullMarked
package io.gitopstoolkit.notify;

import org.jspecify.annotations.NullMarked;
