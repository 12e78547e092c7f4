// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz_target.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "tests/support/test_files.h"

namespace geneglass::fuzzing {
namespace {

/// Gone at the end of the process, but not of a child that it forked.
struct MemoryFolder {
  std::filesystem::path path;
  pid_t owner = getpid();

  MemoryFolder() {
    std::string name = "/dev/shm/geneglass-fuzz-XXXXXX";
    if (!mkdtemp(name.data())) {
      name = (std::filesystem::temp_directory_path() / "geneglass-fuzz-XXXXXX").string();
      if (!mkdtemp(name.data())) std::abort();
    }
    path = name;
  }
  ~MemoryFolder() {
    std::error_code ignored;
    if (getpid() == owner) std::filesystem::remove_all(path, ignored);
  }
};

}  // namespace

std::vector<FuzzTarget>& fuzzTargets() {
  static std::vector<FuzzTarget> all;
  return all;
}

void broken(std::string_view promise, std::string_view what) {
  std::fprintf(stderr, "a promise is broken: %.*s: %.*s\n", static_cast<int>(promise.size()), promise.data(),
               static_cast<int>(what.size()), what.data());
  std::abort();
}

void checkSentence(const std::string& sentence, const std::filesystem::path& place) {
  if (sentence.empty() || sentence.back() != '.' || sentence.find(place.string()) == std::string::npos)
    broken("every error is a sentence that names the file", sentence);
}

const std::filesystem::path& folderInMemory() {
  static const MemoryFolder folder;
  return folder.path;
}

std::filesystem::path fileInMemory(const std::string& name, std::string_view bytes) {
  const std::filesystem::path file = folderInMemory() / name;
  std::ofstream(file, std::ios::binary | std::ios::trunc)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return file;
}

std::string bytesOf(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> realSeeds(const char* folder, size_t mostBytes) {
  std::error_code absent;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(testing::dataFolder() / folder, absent))
    if (entry.is_regular_file() && entry.file_size() > 0 && entry.file_size() <= mostBytes)
      files.push_back(entry.path());
  std::ranges::sort(files);
  std::vector<std::string> seeds;
  for (const auto& file : files) seeds.push_back(bytesOf(file));
  return seeds;
}

uint64_t tellingNumber(std::mt19937& chance, size_t fileBytes) {
  const uint64_t numbers[] = {0,
                              1,
                              2,
                              3,
                              7,
                              8,
                              16,
                              0x7f,
                              0xff,
                              0x100,
                              0x7fff,
                              0xffff,
                              65536,
                              0x10000000,
                              0x7fffffff,
                              0x80000000,
                              0xfffffff0,
                              0xffffffff,
                              ~uint64_t{0},
                              uint64_t{1} << 63,
                              fileBytes - 1,
                              fileBytes,
                              fileBytes + 1};
  const size_t place = chance() % (std::size(numbers) + 8);
  return place < std::size(numbers) ? numbers[place] : chance() % (2 * fileBytes + 1);
}

uint64_t numberAt(std::span<const uint8_t> bytes, size_t at, size_t width) {
  uint64_t value = 0;
  for (size_t i = 0; i < width; ++i) value |= uint64_t{bytes[at + i]} << (8 * i);
  return value;
}

void putNumber(std::span<uint8_t> bytes, size_t at, uint64_t value, size_t width) {
  for (size_t i = 0; i < width; ++i) bytes[at + i] = static_cast<uint8_t>(value >> (8 * i));
}

}  // namespace geneglass::fuzzing
