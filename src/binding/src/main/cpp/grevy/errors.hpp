#pragma once
#include <cstdint>
#include <exception>
#include <stdexcept>
#include <string>

namespace grevy {

// One code point of UTF-8 at text[at], which is moved past it; U+FFFD for what isn't UTF-8.
inline uint32_t next_code_point(const std::string& text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
    const uint32_t first = byte(at++);
    if (first < 0x80)
        return first;
    const int more = first >= 0xF0 && first < 0xF8 ? 3 : first >= 0xE0 && first < 0xF0 ? 2 : first >= 0xC2 ? 1 : 0;
    uint32_t point = more == 3 ? first & 0x07 : more == 2 ? first & 0x0F : first & 0x1F;
    if (more == 0 || first >= 0xF8)
        return 0xFFFD;
    for (int i = 0; i < more; i++) {
        if ((byte(at) & 0xC0) != 0x80)
            return 0xFFFD;
        point = point << 6 | (byte(at++) & 0x3F);
    }
    return point;
}

// What JNI's NewStringUTF, through which JavaCPP passes an exception's text, reads: each UTF-16 unit on its own.
inline std::string modified_utf8(const std::string& text) {
    std::string out;
    const auto three_bytes = [&](uint32_t unit) {
        out += static_cast<char>(0xE0 | unit >> 12);
        out += static_cast<char>(0x80 | (unit >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (unit & 0x3F));
    };
    for (std::size_t at = 0; at < text.size();) {
        const uint32_t point = next_code_point(text, at);
        if (point != 0 && point < 0x80) {
            out += static_cast<char>(point);
        } else if (point < 0x800) {
            out += static_cast<char>(0xC0 | point >> 6);
            out += static_cast<char>(0x80 | (point & 0x3F));
        } else if (point < 0x10000) {
            three_bytes(point);
        } else {
            three_bytes(0xD800 + ((point - 0x10000) >> 10));
            three_bytes(0xDC00 + ((point - 0x10000) & 0x3FF));
        }
    }
    return out;
}

// Runs what may throw; its exception reaches Java with its text intact.
template <class Call>
auto guarded(Call call) -> decltype(call()) {
    try {
        return call();
    } catch (const std::exception& e) {
        throw std::runtime_error(modified_utf8(e.what()));
    } catch (...) {
        throw std::runtime_error("a native exception of unknown type");
    }
}

}  // namespace grevy
