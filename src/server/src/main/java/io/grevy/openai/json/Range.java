package io.grevy.openai.json;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Which numbers are allowed; its string says so in words. */
public record Range(double lowest, boolean lowestIncluded, double highest) {

    /** Both included. */
    public static Range between(double lowest, double highest) {
        return new Range(lowest, true, highest);
    }

    /** The lowest excluded, the highest included. */
    public static Range above(double lowest, double highest) {
        return new Range(lowest, false, highest);
    }

    public boolean contains(double number) {
        return (lowestIncluded ? number >= lowest : number > lowest) && number <= highest;
    }

    @Override
    public String toString() {
        if (lowestIncluded) {
            return "between " + shown(lowest) + " and " + shown(highest);
        }
        return "above " + shown(lowest) + " and at most " + shown(highest);
    }

    private static String shown(double number) {
        return new DecimalFormat("#.###", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
    }
}
