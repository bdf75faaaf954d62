package io.gitopstoolkit.notify;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Observer;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import javax.net.ssl.SSLContext;

/**
 * How sinks talk HTTP: trust, proxy, time limits, and when a request is made again. One transport can serve many sinks,
 * which then share connections. Immutable and safe between threads; there is nothing to close.
 *
 * <p>A request is made again, after a pause that doubles, where the receiver is not reached, does not answer in time,
 * or answers 429 or 5xx (but 501); a receiver may get an event twice this way. The pause is drawn from the upper half
 * of 2, 4, 8, 16 s and so on, unless the answer says {@code Retry-After}, which is kept to. Where the pause would be
 * longer than the longest one or than what the {@link io.gitopstoolkit.api.Deadline} leaves, the send fails at once.
 *
 * <p>Redirects are not followed: they would take tokens to another host. Of an answer no more than
 * {@value #MAX_ANSWER_BYTES} bytes are read.
 */
public final class HttpTransport {
    /** How much of an answer's body is read. */
    public static final int MAX_ANSWER_BYTES = 64 << 10;

    private final HttpClient client;
    private final Duration requestLimit;
    private final int retries;
    private final Duration firstPause;
    private final Duration longestPause;
    private final DoubleSupplier random;
    private final Observer observer;

    private HttpTransport(Builder builder) {
        this.requestLimit = builder.requestLimit;
        this.retries = builder.retries;
        this.firstPause = builder.firstPause;
        this.longestPause = builder.longestPause;
        this.random = builder.random;
        this.observer = builder.observer;
        HttpClient.Builder http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(builder.requestLimit);
        builder.sslContext.ifPresent(http::sslContext);
        builder.proxy.ifPresent(http::proxy);
        this.client = http.build();
    }

    /** A transport with every option at its default. */
    public static HttpTransport standard() {
        return builder().build();
    }

    /** Begins a transport. */
    public static Builder builder() {
        return new Builder();
    }

    HttpClient client() {
        return client;
    }

    Duration requestLimit() {
        return requestLimit;
    }

    Observer observer() {
        return observer;
    }

    /**
     * How long to pause before the next try; empty if there is to be none.
     *
     * @param tries how many there were
     * @param asked the pause that the receiver asked for
     */
    Optional<Duration> pauseAfter(int tries, Optional<Duration> asked) {
        if (tries > retries) {
            return Optional.empty();
        }
        if (asked.isPresent()) {
            return asked.filter(pause -> pause.compareTo(longestPause) <= 0);
        }
        Duration whole = firstPause;
        for (int i = 1; i < tries && whole.compareTo(longestPause) < 0; i++) {
            whole = whole.multipliedBy(2);
        }
        long nanos = whole.compareTo(longestPause) < 0 ? whole.toNanos() : longestPause.toNanos();
        return Optional.of(Duration.ofNanos((long) (nanos * (0.5 + 0.5 * random.getAsDouble()))));
    }

    /** Options of a transport. Not safe between threads. */
    public static final class Builder {
        private static final Duration LONGEST = Duration.ofDays(1);

        private Duration requestLimit = Duration.ofSeconds(15);
        private int retries = 4;
        private Duration firstPause = Duration.ofSeconds(2);
        private Duration longestPause = Duration.ofSeconds(30);
        private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
        private Observer observer = Observer.NONE;
        private Optional<SSLContext> sslContext = Optional.empty();
        private Optional<ProxySelector> proxy = Optional.empty();

        private Builder() {}

        /** Which certificates are trusted, and the one that is shown. Default: those that the JVM trusts, and none. */
        public Builder sslContext(SSLContext context) {
            sslContext = Optional.of(requireNonNull(context, "context"));
            return this;
        }

        /**
         * The HTTP proxy that every request goes through. Default: what the system properties of the JVM say.
         *
         * @param address {@code http://host:port}; proxies that ask for credentials are not supported
         * @throws IllegalArgumentException if it is none such
         */
        public Builder proxy(URI address) {
            if (!"http".equals(address.getScheme()) || address.getHost() == null || address.getPort() < 1) {
                throw new IllegalArgumentException("the address of a proxy has the form http://host:port");
            }
            if (address.getRawUserInfo() != null) {
                throw new IllegalArgumentException("the address of a proxy holds no user and password");
            }
            proxy = Optional.of(ProxySelector.of(new InetSocketAddress(address.getHost(), address.getPort())));
            return this;
        }

        /**
         * Limits one request, from connecting to the end of the answer. Default 15 s; positive and at most a day. The
         * deadline of the send wins when it is nearer.
         *
         * @throws IllegalArgumentException if {@code limit} is out of range
         */
        public Builder requestLimit(Duration limit) {
            requestLimit = checked(limit, "the limit of a request");
            return this;
        }

        /**
         * How often a request that failed is made again. Default 4; 0 for never, at most 100.
         *
         * @throws IllegalArgumentException if {@code count} is out of range
         */
        public Builder retries(int count) {
            if (count < 0 || count > 100) {
                throw new IllegalArgumentException("retries are 0 to 100, not " + count);
            }
            retries = count;
            return this;
        }

        /**
         * The pauses between tries. Default 2 s, which doubles up to 30 s; positive and at most a day.
         *
         * @throws IllegalArgumentException if one is out of range, or {@code first} longer than {@code longest}
         */
        public Builder pauses(Duration first, Duration longest) {
            firstPause = checked(first, "the first pause");
            longestPause = checked(longest, "the longest pause");
            if (first.compareTo(longest) > 0) {
                throw new IllegalArgumentException("the first pause is longer than the longest");
            }
            return this;
        }

        /** Where the chance in a pause comes from: numbers from 0 up to, but not, 1. Default: the JVM's. */
        public Builder random(DoubleSupplier source) {
            random = requireNonNull(source, "source");
            return this;
        }

        /**
         * Times each send, tries and pauses included, as {@code notify.send} with the tag {@code sink}, such as
         * {@code slack}. Default: nobody.
         */
        public Builder observer(Observer watching) {
            observer = requireNonNull(watching, "watching");
            return this;
        }

        /** The transport. */
        public HttpTransport build() {
            return new HttpTransport(this);
        }

        private static Duration checked(Duration time, String what) {
            if (time.isZero() || time.isNegative() || time.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(what + " is more than nothing and at most a day, not " + time);
            }
            return time;
        }
    }
}
