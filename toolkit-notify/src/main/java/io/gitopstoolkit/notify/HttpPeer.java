package io.gitopstoolkit.notify;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.api.Secret;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The other side of a sink: the one place where requests are made, made again, and their failures put into words. */
final class HttpPeer {
    private final String sink;
    private final String name;
    private final Address address;
    private final Map<String, Secret> headers;
    private final HttpTransport transport;
    private final AnswerCheck check;
    private final Mask mask;

    /** Looks at an answer of a receiver that reports failures with a status of success. */
    @FunctionalInterface
    interface AnswerCheck {
        /** Takes every such answer for a success. */
        AnswerCheck NONE = (body, mask) -> null;

        /** What the answer says is wrong, or null. */
        @Nullable
        Problem problem(byte[] body, Mask mask);
    }

    /**
     * A peer.
     *
     * @param headers sent with each request
     * @param otherSecrets what must not be in a message besides the headers
     */
    HttpPeer(Target target, Map<String, Secret> headers, List<Secret> otherSecrets, HttpTransport transport) {
        this.sink = target.sink;
        this.name = target.name;
        this.address = target.address;
        this.check = target.check;
        this.headers = headers;
        this.transport = transport;
        var secrets = new ArrayList<>(headers.values());
        secrets.addAll(otherSecrets);
        secrets.addAll(address.secrets());
        this.mask = Mask.of(address.uri(), secrets);
    }

    /**
     * Whom a sink sends to.
     *
     * @param sink the kind of sink, for metrics, such as {@code slack}
     * @param name for messages, such as {@code the webhook}
     */
    record Target(String sink, String name, Address address, AnswerCheck check) {}

    /**
     * Posts JSON, again where that can help.
     *
     * @param own headers of this request alone, checked already
     * @throws NotifyException if it did not arrive
     * @throws DeadlineException if the time is over, or the thread interrupted
     */
    void post(String json, Map<String, String> own, Deadline deadline) {
        HttpRequest request = request(json, own);
        transport.observer().observe("notify.send", Map.of("sink", sink), () -> {
            deliver(request, deadline);
            return true;
        });
    }

    /** The name and the origin of the address, such as {@code the webhook at https://hooks.example.org}. */
    @Override
    public String toString() {
        return name + " at " + address;
    }

    private HttpRequest request(String json, Map<String, String> own) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.uri())
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "gitops-toolkit")
                .POST(BodyPublishers.ofByteArray(json.getBytes(StandardCharsets.UTF_8)));
        address.authorization().ifPresent(basic -> request.setHeader("Authorization", basic.reveal()));
        own.forEach(request::setHeader);
        headers.forEach((header, value) -> request.setHeader(header, value.reveal()));
        return request.build();
    }

    private void deliver(HttpRequest request, Deadline deadline) {
        for (int tries = 1; ; tries++) {
            deadline.check("notify " + this);
            Problem problem = exchange(request, deadline);
            if (problem == null) {
                return;
            }
            Optional<Duration> pause = pauseAfter(problem, tries, deadline);
            if (pause.isEmpty()) {
                throw failure(problem, tries);
            }
            deadline.pause(pause.get(), "notify " + this);
        }
    }

    private Optional<Duration> pauseAfter(Problem problem, int tries, Deadline deadline) {
        if (!problem.isPassing()) {
            return Optional.empty();
        }
        return transport
                .pauseAfter(tries, Optional.ofNullable(problem.retryAfter()))
                .filter(pause -> pause.compareTo(deadline.remaining()) < 0);
    }

    private @Nullable Problem exchange(HttpRequest request, Deadline deadline) {
        Duration left = deadline.remaining();
        Duration limit = left.compareTo(transport.requestLimit()) < 0 ? left : transport.requestLimit();
        try {
            HttpResponse<byte[]> answer = send(request, limit, deadline);
            Problem problem = Problem.of(answer, mask);
            return problem == null ? check.problem(answer.body(), mask) : problem;
        } catch (IOException e) {
            deadline.check("notify " + this);
            return Problem.of(e, limit);
        }
    }

    /** One request. The client's own limit ends with the headers, so this one counts to the end of the body. */
    private HttpResponse<byte[]> send(HttpRequest request, Duration limit, Deadline deadline) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                transport.client().sendAsync(request, BoundedBody.atMost(HttpTransport.MAX_ANSWER_BYTES));
        try {
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            deadline.check("notify " + this);
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private NotifyException failure(Problem problem, int tries) {
        String after = tries == 1 ? "" : ", after " + tries + " tries";
        return new NotifyException(
                problem.why(), this + " " + problem.text() + after, problem.cause(), problem.retryAfter());
    }
}
