package io.grevy.page;

import io.grevy.component.Settings;

/** @param served whether there is a page at all */
record PageSettings(boolean served) {

    /** @throws IllegalArgumentException naming the key, the value and what is allowed */
    static PageSettings from(Settings settings) {
        return new PageSettings(!settings.flag("grevy.no_ui", false));
    }
}
