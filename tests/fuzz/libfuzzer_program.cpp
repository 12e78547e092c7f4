// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <sanitizer/allocator_interface.h>
#include <sanitizer/common_interface_defs.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <ctime>
#include <fstream>

#include "tests/fuzz/fuzz_target.h"

// What libFuzzer calls. A target's seeds and words are given to it by themselves:
//   NAME_fuzz [FOLDER] [-runs=N] [-max_total_time=SECONDS]   adds to FOLDER what it finds
//   NAME_fuzz FILE                                           reads that one input

using namespace geneglass::fuzzing;

extern "C" size_t LLVMFuzzerMutate(uint8_t* bytes, size_t count, size_t most);

namespace {

/// The promise is 2 s and 300 MiB; with the sanitizers, and beside other programs, a read takes longer.
constexpr double kMostSeconds = 6;
constexpr int64_t kMostBytes = int64_t{300} << 20;

std::atomic<int64_t> heldBytes{0};
int64_t heldBefore = 0;
std::atomic<bool> isReading{false};

void onMalloc(const volatile void*, size_t count) {
  const int64_t held = heldBytes += static_cast<int64_t>(count);
  if (isReading && held - heldBefore > kMostBytes) {
    isReading = false;
    broken("an input takes 300 MiB at most");
  }
}

void onFree(const volatile void* place) {
  if (place)
    heldBytes -= static_cast<int64_t>(__sanitizer_get_allocated_size(const_cast<const void*>(place)));
}

double processorSeconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

const FuzzTarget& target() {
  return fuzzTargets().front();
}

std::string quoted(const std::string& word) {
  std::string text = "\"";
  for (const char letter : word) text += fmt::format("\\x{:02x}", static_cast<unsigned char>(letter));
  return text + "\"\n";
}

/// What is said first; what the user says then is later, and so counts.
std::vector<std::string> wordsBefore() {
  std::string dictionary;
  for (const std::string& word : target().words) dictionary += quoted(word);
  std::vector<std::string> words{fmt::format("-max_len={}", target().mostBytes), "-timeout=60",
                                 "-rss_limit_mb=3000", "-print_final_stats=1", "-verbosity=1"};
  if (!dictionary.empty()) words.push_back("-dict=" + fileInMemory("words.dict", dictionary).string());
  return words;
}

std::string writeSeeds() {
  const std::filesystem::path folder = folderInMemory() / "seeds";
  std::filesystem::create_directories(folder);
  int number = 0;
  for (const std::string& seed : target().seeds())
    std::ofstream(folder / std::to_string(number++), std::ios::binary) << seed;
  return folder.string();
}

void removeFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(folderInMemory(), ignored);
}

}  // namespace

extern "C" const char* __asan_default_options() {
  return "max_allocation_size_mb=600:allocator_may_return_null=1:quarantine_size_mb=32:detect_odr_violation="
         "0";
}
// HDF5 1.10 itself loses some hundred bytes where it gives a damaged file up.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libhdf5\n";
}
extern "C" const char* __ubsan_default_options() {
  return "halt_on_error=1:print_stacktrace=1";
}

extern "C" int LLVMFuzzerInitialize(int* count, char*** words) {
  setenv("GENEGLASS_CACHE", "/dev/null/none", 1);
  static std::vector<std::string> all;
  all.push_back((*words)[0]);
  for (std::string& word : wordsBefore()) all.push_back(std::move(word));
  bool isOwn = true;
  for (int i = 1; i < *count; ++i) {
    all.emplace_back((*words)[i]);
    isOwn = isOwn && !std::filesystem::is_regular_file(all.back()) && !all.back().starts_with("-merge=");
  }
  if (isOwn) all.push_back(writeSeeds());
  static std::vector<char*> places;
  for (std::string& word : all) places.push_back(word.data());
  places.push_back(nullptr);
  *count = static_cast<int>(all.size());
  *words = places.data();
  std::atexit(removeFolder);
  __sanitizer_set_death_callback(removeFolder);
  __sanitizer_install_malloc_and_free_hooks(onMalloc, onFree);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t count) {
  const double begin = processorSeconds();
  heldBefore = heldBytes;
  isReading = true;
  target().read({reinterpret_cast<const char*>(bytes), count});
  isReading = false;
  if (processorSeconds() - begin > kMostSeconds) broken("an input takes 2 s at most");
  return 0;
}

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* bytes, size_t count, size_t most, unsigned seed) {
  std::mt19937 chance(seed);
  if (target().damage && count > 16 && chance() % 2 == 0) {
    for (auto left = 1 + chance() % 3; left > 0; --left) target().damage({bytes, count}, chance);
  } else {
    count = LLVMFuzzerMutate(bytes, count, most);
  }
  if (target().mend) target().mend({bytes, count});
  return count;
}
