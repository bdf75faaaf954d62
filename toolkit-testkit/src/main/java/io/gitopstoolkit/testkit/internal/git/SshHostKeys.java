package io.gitopstoolkit.testkit.internal.git;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * The keys that a server shows to its clients, one of each kind, made anew each time. Without Bouncy Castle there is none
 * of kind ed25519.
 */
record SshHostKeys(List<KeyPair> pairs) {
    private static final int RSA_BITS = 2048;

    static SshHostKeys generate() {
        try {
            var pairs = new ArrayList<KeyPair>();
            if (SecurityUtils.isEDDSACurveSupported()) {
                pairs.add(KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256));
            }
            KeyPairGenerator ecdsa = KeyPairGenerator.getInstance("EC");
            ecdsa.initialize(new ECGenParameterSpec("secp256r1"));
            pairs.add(ecdsa.generateKeyPair());
            KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
            rsa.initialize(RSA_BITS);
            pairs.add(rsa.generateKeyPair());
            return new SshHostKeys(List.copyOf(pairs));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform makes keys for ECDSA and RSA", e);
        }
    }

    /** Lines of a known_hosts file. */
    String knownHosts(int port) {
        var lines = new StringBuilder();
        for (KeyPair pair : pairs) {
            lines.append("[127.0.0.1]:")
                    .append(port)
                    .append(' ')
                    .append(PublicKeyEntry.toString(pair.getPublic()))
                    .append('\n');
        }
        return lines.toString();
    }
}
