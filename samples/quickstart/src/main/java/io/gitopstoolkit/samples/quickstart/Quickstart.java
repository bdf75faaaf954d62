package io.gitopstoolkit.samples.quickstart;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Secret;
import io.gitopstoolkit.api.ToolkitException;
import io.gitopstoolkit.apply.Applier;
import io.gitopstoolkit.apply.Owner;
import io.gitopstoolkit.kustomize.KustomizeRenderer;
import io.gitopstoolkit.notify.HttpTransport;
import io.gitopstoolkit.notify.WebhookSink;
import io.gitopstoolkit.source.Credentials;
import io.gitopstoolkit.source.git.GitReference;
import io.gitopstoolkit.source.git.GitSource;
import io.gitopstoolkit.testkit.GitServer;
import io.gitopstoolkit.testkit.WebhookServer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Delivers a Git repository to a Kubernetes cluster. Without options the repository, the cluster and the listener for
 * events are the sample's own, and the delivery is followed by what it is for: see {@link Story}.
 */
public final class Quickstart {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Options options;
    private final Map<String, String> environment;
    private final Console console;

    private Quickstart(Options options, Map<String, String> environment, Console console) {
        this.options = options;
        this.environment = environment;
        this.console = console;
    }

    /** Runs the quickstart with the options that {@code --help} lists, and exits with 1 where it failed. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.getenv(), Console.ofSystem(), Cluster::of));
    }

    /** The exit code: 0, or 1 with one sentence on the console. */
    static int run(String[] arguments, Map<String, String> environment, Console console, Cluster.Opener clusters) {
        var options = new Options();
        var commandLine = new CommandLine(options);
        try {
            commandLine.parseArgs(arguments);
            if (options.help) {
                console.text(commandLine.getUsageMessage());
                return 0;
            }
            try (Cluster cluster = clusters.open(options)) {
                new Quickstart(options, environment, console).run(cluster, Deadline.after(LIMIT));
            }
            return 0;
        } catch (ToolkitException | UsageException | IllegalArgumentException | CommandLine.ParameterException e) {
            console.error(String.valueOf(e.getMessage()));
            return 1;
        }
    }

    private void run(Cluster cluster, Deadline deadline) {
        try (WebhookServer listener = options.webhook == null ? WebhookServer.start() : null) {
            URI webhook = listener == null ? requireNonNull(options.webhook) : listener.uri();
            console.title("GitOps Toolkit quickstart");
            console.line("cluster", cluster.description());
            console.line("webhook", listener == null ? webhook.getHost() : webhook + " (served here)");
            if (options.url == null) {
                runStory(cluster, webhook, deadline);
            } else {
                console.line("source", withoutUserInfo(options.url));
                deliverOnce(options.url, cluster, webhook, deadline);
            }
            if (listener != null) {
                new Heard(listener).print(console);
            }
        }
    }

    private void runStory(Cluster cluster, URI webhook, Deadline deadline) {
        try (GitServer server = GitServer.start()) {
            Shop shop = Shop.on(server);
            URI url = shop.repository().uri();
            console.line("source", url + " (served here)");
            if (options.dryRun) {
                deliverOnce(url, cluster, webhook, deadline);
                return;
            }
            try (GitSource source = source(url)) {
                new Story(shop, delivery(source, cluster, webhook), cluster.client(), console).tell(deadline);
            }
        }
    }

    private void deliverOnce(URI url, Cluster cluster, URI webhook, Deadline deadline) {
        try (GitSource source = source(url)) {
            Delivery delivery = delivery(source, cluster, webhook);
            if (options.dryRun) {
                console.title("What a delivery would change");
                console.plan(delivery.preview(deadline));
            } else {
                console.title("Delivery");
                delivery.deliver(deadline);
            }
        }
    }

    private Delivery delivery(GitSource source, Cluster cluster, URI webhook) {
        boolean own = options.url == null;
        String path = options.path != null ? options.path : own ? Shop.PATH : "";
        var owner = new Owner("quickstart", "delivery.example.org", own ? "shop" : "quickstart", options.namespace);
        Applier applier = Applier.builder(cluster.client(), owner)
                .pollInterval(Duration.ofMillis(250))
                .build();
        return new Delivery(source, KustomizeRenderer.at(path), applier, owner, sink(webhook), console);
    }

    /** Somebody watches: a webhook that does not answer is given up sooner than in a controller. */
    private static WebhookSink sink(URI webhook) {
        HttpTransport transport = HttpTransport.builder()
                .retries(2)
                .pauses(Duration.ofMillis(250), Duration.ofSeconds(1))
                .build();
        return WebhookSink.builder(Secret.of(webhook.toString()))
                .http(transport)
                .build();
    }

    private GitSource source(URI url) {
        GitSource.Builder builder = GitSource.builder(url).reference(reference(options.ref));
        Credentials credentials = credentials();
        return (credentials == null ? builder : builder.credentials(credentials)).build();
    }

    private @Nullable Credentials credentials() {
        String token = environment.get("GIT_TOKEN");
        if (token != null) {
            return new Credentials.Bearer(Secret.of(token));
        }
        String password = environment.get("GIT_PASSWORD");
        return password == null
                ? null
                : new Credentials.Basic(environment.getOrDefault("GIT_USERNAME", "git"), Secret.of(password));
    }

    private static GitReference reference(String text) {
        int colon = text.indexOf(':');
        String value = text.substring(colon + 1);
        return switch (colon < 0 ? "" : text.substring(0, colon)) {
            case "tag" -> new GitReference.Tag(value);
            case "semver" -> new GitReference.SemVer(value);
            case "commit" -> new GitReference.Commit(value);
            default -> text.startsWith("refs/") ? new GitReference.Name(text) : new GitReference.Branch(text);
        };
    }

    private static String withoutUserInfo(URI url) {
        return url.getScheme() + "://" + (url.getHost() == null ? "" : url.getHost()) + url.getPath();
    }
}
