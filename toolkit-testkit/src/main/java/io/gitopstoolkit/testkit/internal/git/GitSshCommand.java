package io.gitopstoolkit.testkit.internal.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gitopstoolkit.testkit.internal.web.Effect;
import io.gitopstoolkit.testkit.internal.web.Site.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** A command of Git's over SSH: {@code git-upload-pack} or {@code git-receive-pack} of one repository. */
final class GitSshCommand implements Command, Runnable {
    private static final Pattern COMMAND = Pattern.compile("git[- ](upload-pack|receive-pack) +'?/?([^']+?)/?'?");
    private static final int FATAL = 128;

    private final String line;
    private final GitTraffic traffic;
    private @Nullable InputStream in;
    private @Nullable OutputStream out;
    private @Nullable OutputStream err;
    private @Nullable ExitCallback callback;
    private @Nullable ChannelSession channel;
    private @Nullable Future<?> running;
    private String version = "";

    GitSshCommand(String line, GitTraffic traffic) {
        this.line = line;
        this.traffic = traffic;
    }

    @Override
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback exit) {
        callback = exit;
    }

    @Override
    public void start(ChannelSession session, Environment environment) {
        channel = session;
        version = environment.getEnv().getOrDefault("GIT_PROTOCOL", "");
        running = traffic.threads().submit(this);
    }

    @Override
    public void destroy(ChannelSession session) {
        if (running != null) {
            running.cancel(true);
        }
    }

    @Override
    public void run() {
        try {
            Matcher command = COMMAND.matcher(line);
            if (command.matches()) {
                serve(command.group(1), command.group(2));
            } else {
                fail("fatal: unrecognized command '" + line + "'");
            }
        } catch (IOException e) {
            // Ends as the test asked, or because the client has gone; there is nobody to tell.
            disconnect();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            disconnect();
        }
    }

    private void serve(String service, String name) throws IOException, InterruptedException {
        boolean pushes = service.equals("receive-pack");
        String path = name.endsWith(".git") ? '/' + name : '/' + name + ".git";
        var operation = new Operation(pushes ? GitSite.PUSH : "upload-pack", path + "/git-" + service);
        traffic.requests().add("SSH", operation.path(), operation.name());
        Effect effect = traffic.faults().next("SSH", operation);
        var answer = new DisturbedStream(requireSet(out), traffic.closed());
        if (effect != null && !begin(effect)) {
            return;
        }
        Repository repository = traffic.repositories().at(operation.path());
        if (repository == null) {
            fail("fatal: '/" + name + "' does not appear to be a git repository");
            return;
        }
        if (pushes) {
            var from = new ListeningStream(requireSet(in), "", () -> disturb(answer, effect));
            traffic.repositories().receive(repository).receive(from, answer, requireSet(err));
        } else {
            disturb(answer, effect);
            var from = new ListeningStream(requireSet(in), "want ", () -> beginPack(answer, operation));
            traffic.repositories().upload(repository, version).upload(from, answer, requireSet(err));
        }
        answer.end();
        exit(0);
    }

    /** Counts the pack that is asked for, and disturbs it where that was ordered. */
    private void beginPack(DisturbedStream answer, Operation command) throws IOException {
        var operation = new Operation(GitSite.FETCH, command.path());
        traffic.requests().count(operation.name(), 1);
        Effect effect = traffic.faults().next("SSH", operation);
        try {
            if (effect != null && !begin(effect)) {
                throw new DisturbedStream.DroppedException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DisturbedStream.DroppedException();
        }
        disturb(answer, effect);
    }

    /** Waits, and tells whether it goes on. */
    private boolean begin(Effect effect) throws IOException, InterruptedException {
        if (traffic.closed().await(effect.delay().toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        switch (effect.manner()) {
            case STATUS -> {
                fail("fatal: the server is not able to answer, status " + effect.status());
                return false;
            }
            case HANG -> {
                traffic.closed().await();
                return false;
            }
            case DROP, REDIRECT -> {
                disconnect();
                return false;
            }
            default -> {
                return true;
            }
        }
    }

    private static void disturb(DisturbedStream answer, @Nullable Effect effect) {
        if (effect != null) {
            answer.disturb(effect);
        }
    }

    private void fail(String message) throws IOException {
        requireSet(err).write((message + '\n').getBytes(UTF_8));
        requireSet(err).flush();
        exit(FATAL);
    }

    private void exit(int status) {
        requireSet(callback).onExit(status);
    }

    private void disconnect() {
        if (channel != null) {
            channel.getSession().close(true);
        }
    }

    private static <T> T requireSet(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a command was started before it had its streams");
        }
        return value;
    }
}
