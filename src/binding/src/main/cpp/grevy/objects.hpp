// Looking at objects of the library's that it doesn't show.
#pragma once
#include <dlfcn.h>
#include <link.h>
#include <malloc.h>
#include <unistd.h>

#include <cstring>
#include <memory>
#include <stdexcept>

namespace grevy {

// Reads memory that may not be there: what can't be read is an error of a system call, and no crash.
class Peek {
public:
    Peek() {
        if (pipe(ends) != 0)
            throw std::runtime_error("no pipe to look at memory through");
    }
    Peek(const Peek&) = delete;
    ~Peek() {
        close(ends[0]);
        close(ends[1]);
    }

    // The word at an address; null where there is none.
    void* word(const void* address) {
        void* found = nullptr;
        return write(ends[1], address, sizeof found) == ssize_t(sizeof found) &&
                       read(ends[0], &found, sizeof found) == ssize_t(sizeof found)
                   ? found
                   : nullptr;
    }

private:
    int ends[2];
};

// What std::make_shared puts before the object that it makes: its table, and two counts.
constexpr std::size_t CONTROL = 16;

// Whether a pointer, given by its two words, is one that std::make_shared made.
inline bool madeShared(const std::shared_ptr<void>& pointer) {
    void* words[2];
    static_assert(sizeof words == sizeof pointer);
    std::memcpy(words, static_cast<const void*>(&pointer), sizeof words);
    return words[0] != nullptr && static_cast<char*>(words[0]) - CONTROL == words[1];
}

// How many bytes an object that std::make_shared made has at most.
inline std::size_t objectSize(void* object) {
    return malloc_usable_size(static_cast<char*>(object) - CONTROL) - CONTROL;
}

// How many bytes a class's table of virtual functions has, with the two words before them.
inline std::size_t tableSize(void* table) {
    Dl_info info;
    ElfW(Sym)* symbol = nullptr;
    if (dladdr1(table, &info, reinterpret_cast<void**>(&symbol), RTLD_DL_SYMENT) == 0 || symbol == nullptr ||
        info.dli_saddr != table)
        throw std::runtime_error("the size of a class's virtual functions is unknown");
    return symbol->st_size;
}

}  // namespace grevy
