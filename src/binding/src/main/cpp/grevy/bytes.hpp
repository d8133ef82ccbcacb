#pragma once
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace grevy {

// What a call returns whose length isn't known before: filled by the call, sized and read by Java.
class Bytes {
public:
    Bytes() {}
    int64_t size() const { return static_cast<int64_t>(content.size()); }
    void copyTo(signed char* out) const { std::memcpy(out, content.data(), content.size()); }

    std::string content;
};

class Longs {
public:
    Longs() {}
    int64_t size() const { return static_cast<int64_t>(content.size()); }
    void copyTo(int64_t* out) const { std::memcpy(out, content.data(), content.size() * sizeof(int64_t)); }

    std::vector<int64_t> content;
};

inline std::string text(const char* bytes, int64_t length) { return std::string(bytes, static_cast<std::size_t>(length)); }

}  // namespace grevy
