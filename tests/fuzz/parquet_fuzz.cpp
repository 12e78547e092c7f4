// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/counts/parquet_table.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/inference/learning/counts/parquet_files.h"

namespace geneglass::fuzzing {
namespace {

std::string fromBase64(std::string_view text) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  uint32_t held = 0;
  int bits = 0;
  for (const char letter : text) {
    const size_t value = kLetters.find(letter);
    if (value == std::string_view::npos) break;
    held = held << 6 | static_cast<uint32_t>(value);
    if ((bits += 6) < 8) continue;
    bytes += static_cast<char>(held >> (bits -= 8));
  }
  return bytes;
}

std::vector<std::string> parquetSeeds() {
  std::vector<std::string> seeds;
  for (const char* file :
       {testing::kSnappyByDictionary, testing::kZstdByDictionary, testing::kGzipPlain, testing::kDeltas})
    seeds.push_back(fromBase64(file));
  return seeds;
}

void readColumns(std::string_view bytes) {
  const std::filesystem::path file = fileInMemory("case.parquet", bytes);
  const auto read = readParquet(file, {"barcode", "in_tissue", "array_row", "pxl_row_in_fullres"});
  if (!read) return checkSentence(read.error().sentence, file);
  const size_t rows = std::max(read->front().texts.size(), read->front().numbers.size());
  for (const ParquetColumn& column : *read)
    if (std::max(column.texts.size(), column.numbers.size()) != rows) broken("columns have a value a row");
}

const AddedTarget kTarget({.name = "parquet",
                           .seeds = parquetSeeds,
                           .read = readColumns,
                           .mostBytes = 8192,
                           .words = {"PAR1", "barcode", "\x15\x04", "\x15\x06", "\xff\xff\xff\xff\x0f",
                                     "\x19\x1c"}});

}  // namespace
}  // namespace geneglass::fuzzing
