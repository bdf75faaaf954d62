package io.gitopstoolkit.testkit.internal.cel;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An IP address, version 4 or 6, without a zone.
 *
 * @param bits 32 or 128
 */
record IpAddress(int bits, BigInteger value) {
    private static final Pattern OCTET = Pattern.compile("0|[1-9]\\d{0,2}");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

    static boolean isValid(String text) {
        return find(text) != null;
    }

    static IpAddress parse(String text) {
        IpAddress found = find(text);
        if (found == null) {
            throw new IllegalArgumentException("IP Address \"" + text + "\" parse error during conversion from string:"
                    + " ParseAddr(\"" + text + "\"): unable to parse IP");
        }
        return found;
    }

    private static @Nullable IpAddress find(String text) {
        if (text.indexOf(':') < 0) {
            BigInteger value = version4(text);
            return value == null ? null : new IpAddress(32, value);
        }
        BigInteger value = version6(text);
        boolean mapped = value != null && value.shiftRight(32).equals(BigInteger.valueOf(0xffff));
        return value == null || mapped ? null : new IpAddress(128, value);
    }

    private static @Nullable BigInteger version4(String text) {
        String[] octets = text.split("\\.", -1);
        if (octets.length != 4) {
            return null;
        }
        long value = 0;
        for (String octet : octets) {
            if (!OCTET.matcher(octet).matches() || Integer.parseInt(octet) > 255) {
                return null;
            }
            value = value << 8 | Integer.parseInt(octet);
        }
        return BigInteger.valueOf(value);
    }

    private static @Nullable BigInteger version6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        List<Integer> head = groups(gap < 0 ? text : text.substring(0, gap));
        List<Integer> tail = groups(gap < 0 ? "" : text.substring(gap + 2));
        if (head == null || tail == null) {
            return null;
        }
        int missing = 8 - head.size() - tail.size();
        if (gap < 0 ? missing != 0 : missing < 1) {
            return null;
        }
        var all = new ArrayList<Integer>(head);
        for (int i = 0; i < missing; i++) {
            all.add(0);
        }
        all.addAll(tail);
        BigInteger value = BigInteger.ZERO;
        for (int group : all) {
            value = value.shiftLeft(16).or(BigInteger.valueOf(group));
        }
        return value;
    }

    private static @Nullable List<Integer> groups(String text) {
        var groups = new ArrayList<Integer>();
        if (text.isEmpty()) {
            return groups;
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            BigInteger last = i == parts.length - 1 ? version4(parts[i]) : null;
            if (last != null) {
                groups.add(last.shiftRight(16).intValue());
                groups.add(last.intValue() & 0xffff);
            } else if (GROUP.matcher(parts[i]).matches()) {
                groups.add(Integer.parseInt(parts[i], 16));
            } else {
                return null;
            }
        }
        return groups;
    }

    long family() {
        return bits == 32 ? 4 : 6;
    }

    boolean isUnspecified() {
        return value.signum() == 0;
    }

    boolean isLoopback() {
        return bits == 32 ? begins(127, 8) : value.equals(BigInteger.ONE);
    }

    boolean isLinkLocalMulticast() {
        return bits == 32 ? begins(0xe00000, 24) : begins(0xff02, 16);
    }

    boolean isLinkLocalUnicast() {
        return bits == 32 ? begins(0xa9fe, 16) : begins(0x3fa, 10);
    }

    boolean isGlobalUnicast() {
        boolean multicast = bits == 32 ? begins(0xe, 4) : begins(0xff, 8);
        boolean broadcast = bits == 32 && value.bitCount() == 32;
        return !broadcast && !isUnspecified() && !isLoopback() && !multicast && !isLinkLocalUnicast();
    }

    private boolean begins(int prefix, int length) {
        return value.shiftRight(bits - length).intValue() == prefix;
    }

    @Override
    public String toString() {
        byte[] bytes = new byte[bits / 8];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = value.shiftRight(bits - 8 * (i + 1)).byteValue();
        }
        try {
            String text = InetAddress.getByAddress(bytes).getHostAddress();
            return bits == 32 ? text : shortened(text);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The longest run of zero groups as {@code ::}, the first of equally long ones. */
    private static String shortened(String text) {
        String[] groups = text.split(":");
        int start = -1;
        int longest = 1;
        for (int i = 0; i < groups.length; i++) {
            int end = i;
            while (end < groups.length && groups[end].equals("0")) {
                end++;
            }
            if (end - i > longest) {
                start = i;
                longest = end - i;
            }
        }
        if (start < 0) {
            return text;
        }
        String head = String.join(":", List.of(groups).subList(0, start));
        return head + "::" + String.join(":", List.of(groups).subList(start + longest, groups.length));
    }
}
