package io.gitopstoolkit.testkit.internal.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The server's side of a WebSocket that only sends texts (RFC 6455): no fragments, no extensions. */
final class WebSocketStream implements EventStream {
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int LONGEST_FRAME = 1 << 20;

    private final InputStream in;
    private final OutputStream out;

    WebSocketStream(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public void send(String text) throws IOException {
        frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void end() throws IOException {
        frame(CLOSE, new byte[] {3, (byte) 0xE8});
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    @Override
    public void awaitClientClose() throws IOException {
        int opcode;
        do {
            opcode = read() & 15;
            byte[] payload = payload();
            if (opcode == PING) {
                frame(PONG, payload);
            }
        } while (opcode != CLOSE);
        frame(CLOSE, new byte[] {3, (byte) 0xE8});
    }

    private synchronized void frame(int opcode, byte[] payload) throws IOException {
        byte[] head = head(opcode, payload.length);
        byte[] all = new byte[head.length + payload.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(payload, 0, all, head.length, payload.length);
        out.write(all);
        out.flush();
    }

    private static byte[] head(int opcode, int length) {
        byte first = (byte) (0x80 | opcode);
        if (length < 126) {
            return new byte[] {first, (byte) length};
        }
        if (length < 1 << 16) {
            return new byte[] {first, 126, (byte) (length >> 8), (byte) length};
        }
        return new byte[] {
            first, 127, 0, 0, 0, 0, (byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length
        };
    }

    private byte[] payload() throws IOException {
        int second = read();
        long length = second & 127;
        if (length >= 126) {
            int bytes = length == 126 ? 2 : 8;
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | read();
            }
        }
        if (length < 0 || length > LONGEST_FRAME) {
            throw new IOException("a frame of " + length + " bytes, more than a watch has to say");
        }
        byte[] mask = (second & 128) == 0 ? new byte[4] : in.readNBytes(4);
        byte[] payload = in.readNBytes((int) length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return payload;
    }

    private int read() throws IOException {
        int value = in.read();
        if (value < 0) {
            throw new EOFException("the client has gone");
        }
        return value;
    }
}
