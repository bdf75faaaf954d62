package io.gitopstoolkit.testkit.internal.cel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses with the same beginning, as in {@code 10.0.0.0/8}.
 *
 * @param length how many bits of the address are the beginning
 */
record IpRange(IpAddress address, int length) {
    private static final Pattern RANGE = Pattern.compile("(.+)/(0|[1-9]\\d{0,2})");

    static boolean isValid(String text) {
        return find(text) != null;
    }

    static IpRange parse(String text) {
        IpRange found = find(text);
        if (found == null) {
            throw new IllegalArgumentException(
                    "network address parse error during conversion from string: network address format is invalid");
        }
        return found;
    }

    private static @Nullable IpRange find(String text) {
        Matcher matcher = RANGE.matcher(text);
        if (!matcher.matches() || !IpAddress.isValid(matcher.group(1))) {
            return null;
        }
        IpAddress address = IpAddress.parse(matcher.group(1));
        int length = Integer.parseInt(matcher.group(2));
        return length > address.bits() ? null : new IpRange(address, length);
    }

    boolean contains(IpAddress other) {
        int rest = address.bits() - length;
        return address.bits() == other.bits()
                && address.value().shiftRight(rest).equals(other.value().shiftRight(rest));
    }

    boolean contains(IpRange other) {
        return length <= other.length && contains(other.address);
    }

    IpRange masked() {
        int rest = address.bits() - length;
        return new IpRange(
                new IpAddress(address.bits(), address.value().shiftRight(rest).shiftLeft(rest)), length);
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
