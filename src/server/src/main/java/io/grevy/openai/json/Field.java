package io.grevy.openai.json;

import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A value and where it stands, as in {@code messages[2].content}. Each method gives the value in one type or throws an
 * {@link ApiException} that names the place, what is allowed there, and what was found.
 */
public record Field(String path, JsonValue value) {

    /** Integers of more digits than this fit no range that is asked for; expanding 1e999999999 would be costly. */
    private static final int MOST_DIGITS = 40;

    public boolean asBoolean() {
        return switch (value.getValueType()) {
            case TRUE -> true;
            case FALSE -> false;
            default -> throw wrongType("a boolean");
        };
    }

    /** Any string that is valid Unicode. */
    public String asText() {
        if (!(value instanceof JsonString string)) {
            throw wrongType("a string");
        }
        return wellFormed(string.getString());
    }

    public String asNonEmptyText() {
        String text = asText();
        if (text.isEmpty()) {
            throw invalid("must not be empty");
        }
        return text;
    }

    /** One of these strings. */
    public String asOneOf(Collection<String> allowed) {
        String text = asText();
        if (!allowed.contains(text)) {
            String list = allowed.stream().map(word -> "'" + word + "'").collect(Collectors.joining(", "));
            throw invalid("must be one of " + list + ", not '" + Shown.text(text) + "'");
        }
        return text;
    }

    public double asNumber(Range range) {
        double number = number().doubleValue();
        if (!range.contains(number)) {
            throw invalid("must be " + range + ", not " + Shown.value(value));
        }
        return number;
    }

    /** An integer between these two, both included. 3.0 is one, 3.5 isn't. */
    public int asInt(int lowest, int highest) {
        return asInteger(BigInteger.valueOf(lowest), BigInteger.valueOf(highest))
                .intValue();
    }

    /** An integer between these two, both included. */
    public BigInteger asInteger(BigInteger lowest, BigInteger highest) {
        BigDecimal number = number();
        if (number.signum() != 0 && number.stripTrailingZeros().scale() > 0) {
            throw wrongType("an integer");
        }
        boolean huge = number.precision() - (long) number.scale() > MOST_DIGITS;
        BigInteger integer = huge ? BigInteger.ZERO : number.toBigInteger();
        if (huge || integer.compareTo(lowest) < 0 || integer.compareTo(highest) > 0) {
            throw invalid("must be an integer between " + lowest + " and " + highest + ", not " + Shown.value(value));
        }
        return integer;
    }

    public Fields asObject() {
        if (!(value instanceof JsonObject object)) {
            throw wrongType("an object");
        }
        return new Fields(path, object);
    }

    public Elements asArray() {
        if (!(value instanceof JsonArray array)) {
            throw wrongType("an array");
        }
        return new Elements(path, array);
    }

    public boolean isBoolean() {
        return value == JsonValue.TRUE || value == JsonValue.FALSE;
    }

    public boolean isObject() {
        return value instanceof JsonObject;
    }

    public boolean isString() {
        return value instanceof JsonString;
    }

    public boolean isArray() {
        return value instanceof JsonArray;
    }

    /** The error of a value that is of another type than these words say. */
    public ApiException wrongType(String expected) {
        String found = value instanceof JsonNumber ? Shown.value(value) : Shown.type(value);
        return ApiException.at(path, ErrorCode.INVALID_TYPE, path + " must be " + expected + ", not " + found + ".");
    }

    /** @param rule what holds here, as in "must not be empty" */
    public ApiException invalid(String rule) {
        return ApiException.at(path, ErrorCode.INVALID_VALUE, path + " " + rule + ".");
    }

    private BigDecimal number() {
        if (!(value instanceof JsonNumber number)) {
            throw wrongType("a number");
        }
        return number.bigDecimalValue();
    }

    private String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
                if (!pair) {
                    throw invalid("is not valid Unicode: the surrogate at position " + i + " stands alone");
                }
                i++;
            }
        }
        return text;
    }
}
