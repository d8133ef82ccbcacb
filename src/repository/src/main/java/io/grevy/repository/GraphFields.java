package io.grevy.repository;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormatParseInfoTree;
import com.google.protobuf.TextFormatParseLocation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A message of a graph.pbtxt that knows where its fields stand, so that each error can name the place.
 *
 * @param prefix what stands before a field's name in errors: empty, or the message's own name and a dot
 * @param line where the message begins, counted from 0, for fields that it lacks; -1 for nowhere
 */
record GraphFields(Path file, String prefix, int line, Message message, TextFormatParseInfoTree places) {

    /** The fields of a message whose own place does not matter. */
    static GraphFields of(Path file, Message message, TextFormatParseInfoTree places) {
        return new GraphFields(file, "", -1, message, places);
    }

    /** The file and, where known, the line of one of the fields, then its name. */
    String where(String name) {
        int at = Math.max(line, line(name));
        return file + (at < 0 ? "" : ":" + (at + 1)) + ": " + prefix + name;
    }

    boolean has(String name) {
        return message.hasField(field(name));
    }

    Optional<String> text(String name) {
        return value(name).map(String.class::cast);
    }

    Optional<Boolean> flag(String name) {
        return value(name).map(Boolean.class::cast);
    }

    /** The constant of a Java enum with the same names. */
    <E extends Enum<E>> Optional<E> constant(String name, Class<E> type) {
        return value(name).map(value -> Enum.valueOf(type, ((EnumValueDescriptor) value).getName()));
    }

    Optional<GraphFields> nested(String name) {
        return value(name)
                .map(value -> new GraphFields(
                        file, prefix + name + ".", line(name), (Message) value, places.getNestedTree(field(name), 0)));
    }

    /** A share, 0 to 1. */
    Optional<Float> share(String name) {
        Optional<Float> value = value(name).map(Float.class::cast);
        value.filter(share -> !(share >= 0 && share <= 1)).ifPresent(share -> {
            throw new RepositoryException(where(name) + " " + share + ": allowed are 0 to 1");
        });
        return value;
    }

    /** A whole number; empty where it is not set. */
    OptionalInt number(String name, int least) {
        Optional<Object> set = value(name);
        if (set.isEmpty()) {
            return OptionalInt.empty();
        }
        // Unsigned 64 bits: what is beyond a long comes as a negative.
        long value =
                set.get() instanceof Integer small ? Integer.toUnsignedLong(small) : ((Number) set.get()).longValue();
        if (value < least || value > Integer.MAX_VALUE) {
            throw new RepositoryException(where(name) + " " + Long.toUnsignedString(value) + ": allowed are " + least
                    + " to " + Integer.MAX_VALUE);
        }
        return OptionalInt.of((int) value);
    }

    int required(String name, int least) {
        return number(name, least).orElseThrow(() -> new RepositoryException(where(name) + ": missing"));
    }

    private int line(String name) {
        List<TextFormatParseLocation> found = places.getLocations(field(name));
        return found.isEmpty() ? -1 : found.get(0).getLine();
    }

    private Optional<Object> value(String name) {
        FieldDescriptor field = field(name);
        return message.hasField(field) ? Optional.of(message.getField(field)) : Optional.empty();
    }

    private FieldDescriptor field(String name) {
        FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
        if (field == null) {
            throw new IllegalArgumentException(name);
        }
        return field;
    }
}
