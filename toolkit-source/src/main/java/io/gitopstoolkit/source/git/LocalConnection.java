package io.gitopstoolkit.source.git;

import io.gitopstoolkit.api.Deadline;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.BasePackFetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.transport.UploadPack.RequestPolicy;

/** Talks to JGit's own server, which runs in a thread of its own until the connection is closed. */
final class LocalConnection extends BasePackFetchConnection {
    private static final int MAX_WAITING_BYTES = 1 << 20;

    private final Pipe requests;
    private final Pipe answers;
    private final Thread server;

    LocalConnection(LocalTransport transport, Repository remote, Collection<RefSpec> specs, Deadline deadline)
            throws TransportException {
        super(transport);
        requests = new Pipe(deadline, "serve " + transport.getURI());
        answers = new Pipe(deadline, "read from " + transport.getURI());
        server = new Thread(() -> serve(remote), "gitops-toolkit-upload-pack");
        server.setDaemon(true);
        server.start();
        try {
            init(answers, new Out(requests));
            boolean listed = readAdvertisedRefs();
            if (!listed) {
                lsRefs(specs);
            }
        } catch (TransportException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void serve(Repository remote) {
        try (remote;
                var out = new Out(answers);
                var uploadPack = new UploadPack(remote)) {
            uploadPack.setExtraParameters(List.of("version=2"));
            uploadPack.setRequestPolicy(RequestPolicy.ANY);
            uploadPack.upload(requests, out, null);
            answers.end(null);
        } catch (IOException | RuntimeException e) {
            answers.end(e);
        }
    }

    @Override
    public void close() {
        super.close();
        requests.end(null);
        answers.close();
        server.interrupt();
    }

    /** Writes to a pipe, waiting while its reader is far behind. */
    private static final class Out extends OutputStream {
        private final Pipe pipe;

        Out(Pipe pipe) {
            this.pipe = pipe;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                var copy = ByteBuffer.wrap(Arrays.copyOfRange(bytes, offset, offset + length));
                if (!pipe.put(copy, MAX_WAITING_BYTES)) {
                    throw new IOException("closed");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }
    }
}
