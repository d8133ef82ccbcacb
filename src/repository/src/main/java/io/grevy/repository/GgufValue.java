package io.grevy.repository;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The values of a GGUF header: numbers, truths, texts and flat arrays of these. */
final class GgufValue {
    private static final int TEXT = 8;
    private static final int ARRAY = 9;

    /** The bytes of a value by its type; 0 where they vary. */
    private static final int[] SIZES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

    private GgufValue() {}

    /** @param wanted the keys whose values are kept; a vocabulary's merges alone are hundreds of thousands of texts */
    static Map<String, Object> read(GgufInput in, long count, Predicate<String> wanted) throws IOException {
        Map<String, Object> values = new HashMap<>();
        for (long i = 0; i < count; i++) {
            String key = in.text();
            int type = in.number();
            if (type == ARRAY) {
                List<Object> array = array(in, wanted.test(key));
                values.put(key, array);
            } else {
                values.put(key, single(in, type));
            }
        }
        return values;
    }

    private static List<Object> array(GgufInput in, boolean wanted) throws IOException {
        int type = in.number();
        long size = in.count();
        List<Object> values = new ArrayList<>();
        for (long i = 0; i < size; i++) {
            Object value = single(in, type);
            if (wanted) {
                values.add(value);
            }
        }
        return values;
    }

    private static Object single(GgufInput in, int type) throws IOException {
        return type == TEXT ? in.text() : number(in, type);
    }

    /** Fractions are of no use here: they become 0. */
    private static Number number(GgufInput in, int type) throws IOException {
        if (type < 0 || type >= SIZES.length || SIZES[type] == 0) {
            throw new IOException("a value of unknown type " + type);
        }
        return switch (type) {
            case 0, 1, 7 -> in.bytes(1).get();
            case 2, 3 -> in.bytes(2).getShort();
            case 4, 5 -> in.number();
            case 10, 11 -> in.bytes(8).getLong();
            default -> {
                in.skip(SIZES[type]);
                yield 0;
            }
        };
    }
}
