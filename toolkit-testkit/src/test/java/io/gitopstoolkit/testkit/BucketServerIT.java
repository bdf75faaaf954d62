package io.gitopstoolkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.api.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the programs s3cmd and rclone as clients. */
@Tag("peer")
class BucketServerIT {
    private static final Secret KEY = Secret.of("lovelace");

    @TempDir
    Path directory;

    private final BucketServer server = BucketServer.start();

    BucketServerIT() {
        server.authorize("ada", KEY);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void contentsS3cmd() throws IOException {
        writeS3cmdConfig("127.0.0.1:" + server.uri().getPort(), "");
        s3cmd("mb", "s3://shop").orFail();
        Files.writeString(directory.resolve("a ü+.txt"), "hello", UTF_8);
        s3cmd("put", "--add-header=x-amz-meta-owner:ada", "a ü+.txt", "s3://shop/dir/")
                .orFail();
        assertThat(server.get("shop", "dir/a ü+.txt")).contains("hello".getBytes(UTF_8));
        assertThat(s3cmd("ls", "s3://shop").orFail()).contains("s3://shop/dir/");
        assertThat(s3cmd("info", "s3://shop/dir/a ü+.txt").orFail()).contains("x-amz-meta-owner", "ada");
        s3cmd("cp", "s3://shop/dir/a ü+.txt", "s3://shop/copy").orFail();
        s3cmd("get", "s3://shop/copy", "back.txt").orFail();
        assertThat(directory.resolve("back.txt")).hasContent("hello");
        s3cmd("del", "--recursive", "--force", "s3://shop").orFail();
        assertThat(server.keys("shop")).isEmpty();
        s3cmd("rb", "s3://shop").orFail();
    }

    @Test
    void takesS3cmdsPartsAndContentsItAfterFailures() throws IOException {
        writeS3cmdConfig("127.0.0.1:" + server.uri().getPort(), "");
        server.createBucket("shop");
        byte[] big = new byte[12 << 20];
        Files.write(directory.resolve("big"), big);
        server.failNext(1, "UploadPart", "/shop/big", 503);
        s3cmd("put", "--multipart-chunk-size-mb=5", "big", "s3://shop/big").orFail();
        assertThat(server.get("shop", "big")).contains(big);
        assertThat(server.requestCount("UploadPart")).isEqualTo(4);
    }

    @Test
    void contentsS3cmdInVirtualHostedStyle() throws IOException {
        server.put("shop", "dir/a", "hello".getBytes(UTF_8));
        try (var proxy = ProxyServer.start()) {
            proxy.route("s3.example.org", server.uri());
            proxy.route("*.s3.example.org", server.uri());
            writeS3cmdConfig(
                    "s3.example.org",
                    "host_bucket = %(bucket)s.s3.example.org\nproxy_host = 127.0.0.1\nproxy_port = "
                            + proxy.address().getPort() + "\n");
            s3cmd("get", "s3://shop/dir/a", "back").orFail();
            assertThat(directory.resolve("back")).hasContent("hello");
            s3cmd("put", "back", "s3://shop/b").orFail();
            assertThat(proxy.requests()).contains("PUT http://shop.s3.example.org/b");
            assertThat(server.keys("shop")).containsExactly("b", "dir/a");
            assertThat(server.requests()).contains("PUT /b");
        }
    }

    @Test
    void tellsS3cmdThatItsKeyIsWrong() throws IOException {
        writeS3cmdConfig("127.0.0.1:" + server.uri().getPort(), "");
        server.put("shop", "a", "hello".getBytes(UTF_8));
        Path config = directory.resolve("s3cfg");
        Files.writeString(config, Files.readString(config, UTF_8).replace("lovelace", "wrong"), UTF_8);
        Program.Outcome outcome = s3cmd("ls", "s3://shop");
        assertThat(outcome.status()).isNotZero();
        assertThat(outcome.output()).contains("SignatureDoesNotMatch");
    }

    @Test
    void contentsRclone() throws IOException {
        for (int i = 0; i < 5; i++) {
            server.put("shop", "apps/" + i + ".yaml", ("kind: App" + i).getBytes(UTF_8), Map.of("x-amz-meta-k", "v"));
        }
        assertThat(rclone("ls", "peer:shop/apps").orFail()).contains("10 0.yaml", "10 4.yaml");
        rclone("copy", "peer:shop", "copy").orFail();
        assertThat(directory.resolve("copy/apps/4.yaml")).hasContent("kind: App4");
        Files.writeString(directory.resolve("copy/apps/4.yaml"), "changed", UTF_8);
        Files.delete(directory.resolve("copy/apps/3.yaml"));
        rclone("sync", "copy", "peer:shop").orFail();
        assertThat(server.keys("shop")).hasSize(4);
        assertThat(server.get("shop", "apps/4.yaml")).contains("changed".getBytes(UTF_8));
        Files.write(directory.resolve("big"), new byte[11 << 20]);
        rclone("copy", "--s3-upload-cutoff=5M", "--s3-chunk-size=5M", "big", "peer:shop")
                .orFail();
        assertThat(server.get("shop", "big")).contains(new byte[11 << 20]);
        rclone("check", "copy", "peer:shop", "--one-way").orFail();
    }

    private Program.Outcome rclone(String... arguments) {
        String[] line = new String[arguments.length + 3];
        line[0] = "rclone";
        line[1] = "--retries=1";
        line[2] = "--config=" + directory.resolve("none");
        System.arraycopy(arguments, 0, line, 3, arguments.length);
        return new Program(directory)
                .with("RCLONE_CONFIG_PEER_TYPE", "s3")
                .with("RCLONE_CONFIG_PEER_PROVIDER", "Other")
                .with("RCLONE_CONFIG_PEER_ACCESS_KEY_ID", "ada")
                .with("RCLONE_CONFIG_PEER_SECRET_ACCESS_KEY", KEY.reveal())
                .with("RCLONE_CONFIG_PEER_REGION", BucketServer.REGION)
                .with("RCLONE_CONFIG_PEER_ENDPOINT", server.uri().toString())
                .run(line);
    }

    private Program.Outcome s3cmd(String... arguments) {
        String[] line = new String[arguments.length + 3];
        line[0] = "s3cmd";
        line[1] = "--config=" + directory.resolve("s3cfg");
        line[2] = "--no-progress";
        System.arraycopy(arguments, 0, line, 3, arguments.length);
        return new Program(directory).with("LC_ALL", "C.UTF-8").run(line);
    }

    private void writeS3cmdConfig(String host, String more) throws IOException {
        Files.writeString(
                directory.resolve("s3cfg"),
                "[default]\naccess_key = ada\nsecret_key = lovelace\nuse_https = False\nhost_base = " + host
                        + (more.contains("host_bucket") ? "" : "\nhost_bucket = " + host) + "\nbucket_location = "
                        + BucketServer.REGION
                        + "\nsignature_v2 = False\n" + more,
                UTF_8);
    }
}
