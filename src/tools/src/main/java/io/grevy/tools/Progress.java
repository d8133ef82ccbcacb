package io.grevy.tools;

/** What became of a character. */
enum Progress {
    MORE,
    /** It was the last one of what is read here. */
    DONE,
    /** What is read here ended before it; it is for somebody else. */
    DONE_BEFORE,
    /** It ended the format's closing marker, in the midst of things. */
    CLOSED,
    /** It has no place here. */
    FAILED
}
