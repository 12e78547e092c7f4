// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace geneglass::fuzzing {

/// A reader, and what it is fed with. A file here holds one, and makes a program of its own: libFuzzer's with
/// preset fuzz (libfuzzer_program.cpp), else a part of fuzz_seeds, which reads the seeds alone.
struct FuzzTarget {
  std::string name;                     ///< of its file, without "_fuzz.cpp"
  std::vector<std::string> (*seeds)();  ///< sound inputs, of at most mostBytes
  /// Reads one input, whatever it is; calls broken() where a promise is.
  void (*read)(std::string_view bytes);
  size_t mostBytes = 4096;
  std::vector<std::string> words = {};  ///< that the format knows, for libFuzzer's dictionary
  /// What libFuzzer cannot hit on: changes places that mean something. Half of the inputs are made so.
  void (*damage)(std::span<uint8_t> bytes, std::mt19937& chance) = nullptr;
  /// Makes check sums right again, after either.
  void (*mend)(std::span<uint8_t> bytes) = nullptr;
};

/// Of this program, in no order.
std::vector<FuzzTarget>& fuzzTargets();

struct AddedTarget {
  explicit AddedTarget(FuzzTarget target) { fuzzTargets().push_back(std::move(target)); }
};

/// A promise of the program's is not kept: ends it with these words.
[[noreturn]] void broken(std::string_view promise, std::string_view what = {});

/// Every error is a sentence: it names the place that was read, and ends with a full stop.
void checkSentence(const std::string& sentence, const std::filesystem::path& place);

/// A folder in memory, this process's own, which goes with it.
const std::filesystem::path& folderInMemory();

/// Writes a file there.
std::filesystem::path fileInMemory(const std::string& name, std::string_view bytes);

/// All of a file.
std::string bytesOf(const std::filesystem::path& file);

/// The files of a folder of the real data that have at most so many bytes, in the order of their names.
std::vector<std::string> realSeeds(const char* folder, size_t mostBytes);

/// What a writer of files wrote to the place it was given.
template <typename Write>
std::string written(const std::string& name, Write write) {
  const std::filesystem::path file = fileInMemory(name, "");
  std::filesystem::remove(file);
  write(file);
  std::string bytes = bytesOf(file);
  std::filesystem::remove(file);
  return bytes;
}

/// A number that readers stumble over, of a file of so many bytes.
uint64_t tellingNumber(std::mt19937& chance, size_t fileBytes);

/// Numbers of `width` bytes, the least byte first, at a place that is there.
uint64_t numberAt(std::span<const uint8_t> bytes, size_t at, size_t width);
void putNumber(std::span<uint8_t> bytes, size_t at, uint64_t value, size_t width);

inline std::span<const uint8_t> asBytes(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

}  // namespace geneglass::fuzzing
