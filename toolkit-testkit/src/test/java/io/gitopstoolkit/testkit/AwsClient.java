package io.gitopstoolkit.testkit;

import io.gitopstoolkit.api.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Clients of the AWS SDK for a {@link BucketServer}, in path style and without retries. */
record AwsClient(URI endpoint, AwsCredentials credentials, String region) {
    static AwsClient of(BucketServer server, String keyId, Secret key) {
        return new AwsClient(server.uri(), AwsBasicCredentials.create(keyId, key.reveal()), BucketServer.REGION);
    }

    AwsClient in(String other) {
        return new AwsClient(endpoint, credentials, other);
    }

    AwsClient withToken(String token) {
        return new AwsClient(
                endpoint,
                AwsSessionCredentials.create(credentials.accessKeyId(), credentials.secretAccessKey(), token),
                region);
    }

    S3Client client() {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(settings -> settings.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    URI presigned(String bucket, String key, Duration life) throws URISyntaxException {
        try (S3Presigner presigner = S3Presigner.builder()
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build()) {
            return presigner
                    .presignGetObject(request -> request.signatureDuration(life)
                            .getObjectRequest(object -> object.bucket(bucket).key(key)))
                    .url()
                    .toURI();
        }
    }
}
