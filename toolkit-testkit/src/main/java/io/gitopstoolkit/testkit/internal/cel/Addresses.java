package io.gitopstoolkit.testkit.internal.cel;

import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;

/**
 * IP addresses and ranges of them in expressions.
 *
 * @see <a href="https://pkg.go.dev/k8s.io/apiserver/pkg/cel/library#IP">Kubernetes: IP library</a>
 */
final class Addresses {
    static final OpaqueType IP = OpaqueType.create("net.IP");
    static final OpaqueType CIDR = OpaqueType.create("net.CIDR");

    private Addresses() {}

    static void addTo(FunctionSet functions) {
        functions
                .type(IP, IpAddress.class)
                .type(CIDR, IpRange.class)
                .function("ip", IP, args -> IpAddress.parse((String) args[0]), SimpleType.STRING)
                .function("isIP", SimpleType.BOOL, args -> IpAddress.isValid((String) args[0]), SimpleType.STRING)
                .function(
                        "ip.isCanonical",
                        SimpleType.BOOL,
                        args -> IpAddress.parse((String) args[0]).toString().equals(args[0]),
                        SimpleType.STRING)
                .function("string", SimpleType.STRING, args -> args[0].toString(), IP)
                .member("family", SimpleType.INT, args -> ip(args[0]).family(), IP)
                .member("isUnspecified", SimpleType.BOOL, args -> ip(args[0]).isUnspecified(), IP)
                .member("isLoopback", SimpleType.BOOL, args -> ip(args[0]).isLoopback(), IP)
                .member(
                        "isLinkLocalMulticast",
                        SimpleType.BOOL,
                        args -> ip(args[0]).isLinkLocalMulticast(),
                        IP)
                .member(
                        "isLinkLocalUnicast",
                        SimpleType.BOOL,
                        args -> ip(args[0]).isLinkLocalUnicast(),
                        IP)
                .member("isGlobalUnicast", SimpleType.BOOL, args -> ip(args[0]).isGlobalUnicast(), IP);
        addRanges(functions);
    }

    private static void addRanges(FunctionSet functions) {
        functions
                .function("cidr", CIDR, args -> IpRange.parse((String) args[0]), SimpleType.STRING)
                .function("isCIDR", SimpleType.BOOL, args -> IpRange.isValid((String) args[0]), SimpleType.STRING)
                .function("string", SimpleType.STRING, args -> args[0].toString(), CIDR)
                .member("containsIP", SimpleType.BOOL, args -> range(args[0]).contains(ip(args[1])), CIDR, IP)
                .member(
                        "containsIP",
                        SimpleType.BOOL,
                        args -> range(args[0]).contains(ip(args[1])),
                        CIDR,
                        SimpleType.STRING)
                .member("containsCIDR", SimpleType.BOOL, args -> range(args[0]).contains(range(args[1])), CIDR, CIDR)
                .member(
                        "containsCIDR",
                        SimpleType.BOOL,
                        args -> range(args[0]).contains(range(args[1])),
                        CIDR,
                        SimpleType.STRING)
                .member("ip", IP, args -> range(args[0]).address(), CIDR)
                .member("masked", CIDR, args -> range(args[0]).masked(), CIDR)
                .member(
                        "prefixLength",
                        SimpleType.INT,
                        args -> (long) range(args[0]).length(),
                        CIDR);
    }

    private static IpAddress ip(Object value) {
        return value instanceof IpAddress address ? address : IpAddress.parse((String) value);
    }

    private static IpRange range(Object value) {
        return value instanceof IpRange range ? range : IpRange.parse((String) value);
    }
}
