#pragma once
#include <dlfcn.h>
#include <malloc.h>

#include <openvino/core/version.hpp>
#include <stdexcept>
#include <string>

#include "grevy/bytes.hpp"
#include "grevy/errors.hpp"

namespace grevy {

inline void openvinoVersion(Bytes& out) { out.content = ov::get_openvino_version().buildNumber; }

// The symbol's name, get_version, is a common one: so it is asked for in this one library.
inline void genaiVersion(const char* library, int64_t length, Bytes& out) {
    guarded([&] {
        void* handle = dlopen(text(library, length).c_str(), RTLD_NOW | RTLD_NOLOAD);
        if (handle == nullptr)
            throw std::runtime_error("not loaded: " + text(library, length));
        const auto version = reinterpret_cast<ov::Version (*)()>(dlsym(handle, "get_version"));
        out.content = version == nullptr ? "unknown" : version().buildNumber;
        dlclose(handle);
    });
}

// Bytes that malloc has given out and not got back, in this process.
inline int64_t nativeInUse() {
    const struct mallinfo2 info = mallinfo2();
    return static_cast<int64_t>(info.uordblks + info.hblkhd);
}

}  // namespace grevy
