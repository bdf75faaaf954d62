package io.gitopstoolkit.source.git;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Puts the body of an answer into a pipe, as fast as the pipe is read. */
final class PipeSubscriber implements BodySubscriber<Pipe> {
    private final Pipe pipe;

    PipeSubscriber(Pipe pipe) {
        this.pipe = pipe;
    }

    @Override
    public CompletionStage<Pipe> getBody() {
        return CompletableFuture.completedFuture(pipe);
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        pipe.connect(() -> subscription.request(1), subscription::cancel);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        pipe.put(buffers);
    }

    @Override
    public void onError(Throwable failure) {
        pipe.end(failure);
    }

    @Override
    public void onComplete() {
        pipe.end(null);
    }
}
