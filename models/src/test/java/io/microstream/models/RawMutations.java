package io.microstream.models;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages bytes as disks and networks do: they change, vanish, appear or move. */
final class RawMutations {

    /** Damages the bytes of an artefact. */
    interface Damage {
        byte[] apply(byte[] bytes, Random random);
    }

    /** A kind of damage, with its name. */
    record Kind(String name, Damage damage) {}

    static final List<Kind> ALL =
            List.of(
                    new Kind("flip a bit", RawMutations::flip),
                    new Kind("set bytes", RawMutations::set),
                    new Kind("truncate", (b, r) -> Arrays.copyOf(b, r.nextInt(b.length))),
                    new Kind("insert", RawMutations::insert),
                    new Kind("delete", RawMutations::delete),
                    new Kind("repeat", RawMutations::repeat),
                    new Kind("swap", RawMutations::swap),
                    new Kind("zero", RawMutations::zero));

    private RawMutations() {}

    private static byte[] flip(byte[] bytes, Random random) {
        byte[] damaged = bytes.clone();
        damaged[place(bytes, random)] ^= (byte) (1 << random.nextInt(8));
        return damaged;
    }

    /** Draws a place, every other time near the front, where the short fields are. */
    private static int place(byte[] bytes, Random random) {
        return random.nextInt(random.nextBoolean() ? bytes.length : Math.min(900, bytes.length));
    }

    private static byte[] set(byte[] bytes, Random random) {
        byte[] damaged = bytes.clone();
        for (int i = random.nextInt(16); i >= 0; i--) {
            damaged[place(bytes, random)] = (byte) random.nextInt();
        }
        return damaged;
    }

    private static byte[] insert(byte[] bytes, Random random) {
        byte[] extra = new byte[1 + random.nextInt(64)];
        random.nextBytes(extra);
        int at = place(bytes, random);
        return joined(bytes, 0, at, extra, 0, extra.length, bytes, at, bytes.length);
    }

    private static byte[] delete(byte[] bytes, Random random) {
        int from = place(bytes, random);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(64));
        return joined(bytes, 0, from, bytes, to, bytes.length, bytes, 0, 0);
    }

    private static byte[] repeat(byte[] bytes, Random random) {
        int from = place(bytes, random);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(512));
        return joined(bytes, 0, to, bytes, from, to, bytes, to, bytes.length);
    }

    private static byte[] swap(byte[] bytes, Random random) {
        byte[] damaged = bytes.clone();
        int length = 1 + random.nextInt(16);
        int one = random.nextInt(bytes.length - length);
        int other = random.nextInt(bytes.length - length);
        System.arraycopy(bytes, one, damaged, other, length);
        System.arraycopy(bytes, other, damaged, one, length);
        return damaged;
    }

    private static byte[] zero(byte[] bytes, Random random) {
        byte[] damaged = bytes.clone();
        int from = place(bytes, random);
        Arrays.fill(damaged, from, Math.min(bytes.length, from + 512), (byte) 0);
        return damaged;
    }

    private static byte[] joined(
            byte[] a, int a0, int a1, byte[] b, int b0, int b1, byte[] c, int c0, int c1) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(a, a0, a1 - a0);
        out.write(b, b0, b1 - b0);
        out.write(c, c0, c1 - c0);
        return out.toByteArray();
    }
}
